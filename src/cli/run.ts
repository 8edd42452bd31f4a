import { join } from 'node:path';
import { Command } from 'commander';
import { withClient } from './connect.ts';
import { exit, unreachable } from './exit.ts';
import { followUntilInterrupted } from './follow-run.ts';
import { runLink } from './links.ts';
import { ptc as command, print, printJson, say } from './print.ts';
import { readPlan } from './read-plan.ts';
import { refuseUnwritable } from './write-artifacts.ts';

interface Options {
  out?: string;
  json?: boolean;
  detach?: boolean;
  again?: boolean;
  force?: boolean;
}

export const runCommand = new Command('run')
  .description('run a plan, follow it, and write its files; a run of the same plan that is under way is joined')
  .argument('<plan>', 'the plan as a JSON file, or - for standard input')
  .option('--out <dir>', 'where the files go (default: out/<workflow id>)')
  .option('--force', 'replace files there that PTC did not write')
  .option('--again', 'start anew, though the plan has run to its end before')
  .option('--detach', 'start it and return at once')
  .option('--json', 'print the result as JSON')
  .action(async (path: string, { out, json = false, detach = false, again = false, force = false }: Options) => {
    const plan = await readPlan(path);
    if (out !== undefined) await refuseUnwritable(out);
    process.exitCode = await withClient(async ({ ptc, server }) => {
      const unserved = await ptc.unservedQueues();
      if (unserved.length > 0) {
        throw unreachable(
          `no worker serves ${unserved.join(', ')} of Temporal at ${server.found}; start one: npm run worker`,
        );
      }
      const run = await ptc.start(plan, { again });
      say(`${words[run.state]} ${run.workflowId}${runLink(server, run)}`);
      if (!detach)
        return followUntilInterrupted(ptc, run.workflowId, { out: out ?? join('out', run.workflowId), force, json });
      if (json) printJson(run);
      else print(`follow it: ${command} follow ${run.workflowId}`);
      return exit.success;
    });
  });

const words = {
  started: 'started',
  joined: 'joined the run under way of',
  ended: 'it has run before (--again starts it anew):',
};
