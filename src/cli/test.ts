import { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { createParts } from '../parts.ts';
import { runTests } from '../runners/run-tests.ts';
import { exit, unreachable } from './exit.ts';
import { printFindings } from './findings.ts';
import { untilInterrupted } from './interruption.ts';
import { print, printJson, say } from './print.ts';
import { readFolder } from './read-folder.ts';

export const testCommand = new Command('test')
  .description("run a folder's tests in the sandbox; needs no server and no key")
  .argument('<dir>', 'the project')
  .option('--json', 'print the test results as JSON')
  .action(async (folder: string, { json = false }: { json?: boolean }) => {
    const { sandbox, testTimeoutMs } = createParts(loadConfig());
    const files = await readFolder(folder);
    const problems = await sandbox.problems();
    if (problems.length > 0) throw unreachable(problems.join('\n'));
    const run = await runTests({
      files,
      sandbox,
      label: 'ptc-test',
      signal: untilInterrupted(),
      timeoutMs: testTimeoutMs,
    });
    if ('unavailable' in run) throw unreachable(`the tests could not run: ${run.unavailable}`);
    const { results, cases, findings, passed } = run.report;
    if (json) printJson({ ...results, passed, cases, findings });
    else {
      for (const { outcome, name, durationMs } of cases)
        print(`${outcome.padEnd(7)} ${name} (${Math.round(durationMs)} ms)`);
      printFindings(findings);
      say(results.test_command);
      print(
        `${results.tests_passed} passed, ${results.tests_failed} failed in ${results.duration_seconds.toFixed(1)} s`,
      );
    }
    process.exitCode = passed ? exit.success : exit.failed;
  });
