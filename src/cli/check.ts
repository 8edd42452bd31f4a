import { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { createParts } from '../parts.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, isError } from '../schemas/finding.ts';
import { ExecutionPlan } from '../schemas/plan.ts';
import { checkIntegration } from '../validation/integration/check-integration.ts';
import { validate } from '../validation/validate.ts';
import { exit } from './exit.ts';
import { printFindings } from './findings.ts';
import { count, print, printJson, say } from './print.ts';
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
    const valid = await validate({ files, plan });
    const findings = valid.some(isError) ? valid : [...valid, ...(await build(files))];
    const errors = findings.filter(isError).length;
    if (json) printJson({ files: files.length, findings });
    else {
      printFindings(findings);
      print(`${count(files.length, 'file')}, ${count(errors, 'error')}`);
    }
    process.exitCode = errors === 0 ? exit.success : exit.failed;
  });

/** What only type checkers and compilers show, in the sandbox; where none can start, the rest still counts. */
async function build(files: ProjectFile[]): Promise<Finding[]> {
  const { sandbox, testTimeoutMs: timeoutMs } = createParts(loadConfig());
  const [problem] = await sandbox.problems();
  if (problem === undefined) {
    return checkIntegration({ files, sandbox, label: 'check', signal: new AbortController().signal, timeoutMs });
  }
  say(`types and builds were not checked: ${problem}`);
  return [];
}
