import { Command } from 'commander';
import { withClient } from './connect.ts';
import { ptc as command, print } from './print.ts';

export const cancelCommand = new Command('cancel')
  .description('end a run; its sandbox is gone when the run shows as closed')
  .argument('<id>', "the plan's execution_id, or the workflow id")
  .action(async (id: string) => {
    await withClient(async ({ ptc }) => {
      const asked = await ptc.cancel(id);
      const { workflowId, status } = await ptc.describe(id);
      print(
        asked
          ? `asked ${workflowId} to end; see it end: ${command} follow ${workflowId}`
          : `${workflowId} had ended before: ${status}`,
      );
    });
  });
