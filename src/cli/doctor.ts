import { Command } from 'commander';
import { createClient } from '../client.ts';
import { type Config, keyProblems, keyVariable, loadConfig } from '../config.ts';
import { createParts } from '../parts.ts';
import { providerNames } from '../providers/provider.ts';
import { storeProblems } from '../readiness.ts';
import { connect, findServer } from '../temporal/connection.ts';
import { noServer } from './connect.ts';
import { exit } from './exit.ts';
import { print, printJson } from './print.ts';

interface Diagnosis {
  check: string;
  ok: boolean;
  detail: string;
}

export const doctorCommand = new Command('doctor')
  .description('what keeps the main job from running here, each with its remedy')
  .option('--json', 'print it as JSON')
  .action(async ({ json = false }: { json?: boolean }) => {
    const found = await diagnose();
    if (json) printJson(found);
    else
      for (const { check, ok, detail } of found) print(`${ok ? 'ok     ' : 'PROBLEM'} ${check.padEnd(13)} ${detail}`);
    process.exitCode = found.every(({ ok }) => ok) ? exit.success : exit.unreachable;
  });

async function diagnose(): Promise<Diagnosis[]> {
  const config = read();
  if (typeof config === 'string') return [{ check: 'configuration', ok: false, detail: config }];
  const { sandbox, store } = createParts(config);
  return [
    { check: 'configuration', ok: true, detail: 'every variable can be read' },
    ...keys(config),
    ...report('store', await storeProblems({ store }), `${store.location} takes and gives`),
    ...report('sandbox', await sandbox.problems(), `${sandbox.name}: code runs isolated`),
    ...(await temporal(config)),
  ];
}

function read(): Config | string {
  try {
    return loadConfig();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function keys(config: Config): Diagnosis[] {
  const set = providerNames.filter((name) => config.providers[name].key !== null);
  const none = `none is set; set one of ${providerNames.map(keyVariable).join(', ')}`;
  return report(
    'keys',
    set.length === 0 ? [none] : keyProblems(config),
    `${set.join(', ')}; the form is right, no vendor was asked`,
  );
}

async function temporal(config: Config): Promise<Diagnosis[]> {
  const server = await findServer(config);
  if (!server) return report('temporal', [noServer], '');
  try {
    const client = await connect(server);
    const unserved = await createClient(client, config.taskQueue)
      .unservedQueues()
      .finally(() => client.connection.close());
    const idle = unserved.length === 0 ? [] : [`no worker serves ${unserved.join(', ')}; start one: npm run worker`];
    return [...report('temporal', [], server.found), ...report('worker', idle, `serves ${config.taskQueue}`)];
  } catch (error) {
    return report('temporal', [error instanceof Error ? error.message : String(error)], '');
  }
}

const report = (check: string, problems: string[], detail: string): Diagnosis[] =>
  problems.length === 0
    ? [{ check, ok: true, detail }]
    : problems.map((problem) => ({ check, ok: false, detail: problem }));
