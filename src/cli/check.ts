import { Command } from 'commander';
import { isError } from '../schemas/finding.ts';
import { ExecutionPlan } from '../schemas/plan.ts';
import { validate } from '../validation/validate.ts';
import { exit } from './exit.ts';
import { printFindings } from './findings.ts';
import { count, print, printJson } from './print.ts';
import { readFolder } from './read-folder.ts';
import { readPlan } from './read-plan.ts';

export const checkCommand = new Command('check')
  .description('the validation of a folder; needs no server and no key')
  .argument('<dir>', 'the project')
  .option('--plan <file>', 'check it against this plan, too')
  .option('--json', 'print the findings as JSON')
  .action(async (folder: string, { plan: path, json = false }: { plan?: string; json?: boolean }) => {
    const plan = path === undefined ? null : ExecutionPlan.parse(await readPlan(path));
    const files = await readFolder(folder);
    const findings = await validate({ files, plan });
    const errors = findings.filter(isError).length;
    if (json) printJson({ files: files.length, findings });
    else {
      printFindings(findings);
      print(`${count(files.length, 'file')}, ${count(errors, 'error')}`);
    }
    process.exitCode = errors === 0 ? exit.success : exit.failed;
  });
