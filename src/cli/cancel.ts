import { Command } from 'commander';
import { withClient } from './connect.ts';
import { print } from './print.ts';

export const cancelCommand = new Command('cancel')
  .description('end a run; its sandbox is gone when the run shows as closed')
  .argument('<id>', "the plan's execution_id, or the workflow id")
  .action(async (id: string) => {
    await withClient(async ({ ptc }) => {
      await ptc.cancel(id);
      print(`asked ${id} to end`);
    });
  });
