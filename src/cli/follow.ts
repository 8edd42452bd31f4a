import { Command } from 'commander';
import { withClient } from './connect.ts';
import { followUntilInterrupted } from './follow-run.ts';
import { refuseUnwritable } from './write-artifacts.ts';

export const followCommand = new Command('follow')
  .description('follow a run to its end')
  .argument('<id>', "the plan's execution_id, or the workflow id")
  .option('--out <dir>', 'write the files there at the end')
  .option('--force', 'replace files there that PTC did not write')
  .option('--json', 'print the result as JSON')
  .action(
    async (id: string, { out, force = false, json = false }: { out?: string; force?: boolean; json?: boolean }) => {
      if (out !== undefined) await refuseUnwritable(out);
      process.exitCode = await withClient(({ ptc }) =>
        followUntilInterrupted(ptc, id, { out: out ?? null, force, json }),
      );
    },
  );
