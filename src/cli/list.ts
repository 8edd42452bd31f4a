import { Command, InvalidArgumentError } from 'commander';
import { withClient } from './connect.ts';
import { print, printJson } from './print.ts';

export const listCommand = new Command('list')
  .description('the latest runs')
  .option('--limit <number>', 'how many', wholeNumber, 20)
  .option('--json', 'print them as JSON')
  .action(async ({ limit, json = false }: { limit: number; json?: boolean }) => {
    await withClient(async ({ ptc }) => {
      const runs = await ptc.list(limit);
      if (json) return printJson(runs);
      if (runs.length === 0) return print('no runs yet');
      for (const { workflowId, status, startedAt, seconds } of runs) {
        print(
          `${status.padEnd(16)} ${startedAt.slice(0, 19)}Z ${seconds === null ? '      …' : `${seconds.toFixed(1).padStart(7)} s`}  ${workflowId}`,
        );
      }
    });
  });

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
