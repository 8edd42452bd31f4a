import { once } from 'node:events';
import { Command } from 'commander';
import { type Config, loadConfig } from '../config.ts';
import { openServer, startStack } from '../dev/stack.ts';
import { createLogger } from '../logging.ts';
import { createParts } from '../parts.ts';
import { providerNames } from '../providers/provider.ts';
import { workerProblems } from '../readiness.ts';
import { type Role, roles } from '../roles.ts';
import { DevServerTaken } from '../temporal/dev-server-record.ts';
import { describeWorker } from '../worker.ts';
import { CommandError, exit, unreachable } from './exit.ts';
import { untilInterrupted } from './interruption.ts';
import { print, ptc, say } from './print.ts';

export const devCommand = new Command('dev')
  .description('a Temporal server and a worker until Ctrl-C; runs are kept from one time to the next')
  .action(async () => {
    const config = loadConfig();
    const serve = rolesWithin(config);
    const problems = await workerProblems(config, createParts(config), serve);
    if (problems.length > 0) throw unreachable(problems.join('\n'));
    const interrupt = untilInterrupted();
    const server = await openServer(config, { share: false }).catch(explainTaken);
    const stack = await startStack(config, server, createLogger(config.logLevel), serve);
    try {
      print(`Web UI: ${server.place.uiUrl ?? `see the server at ${server.place.found}`}`);
      print(describeWorker(config, server.place, serve));
      print(`run a plan in another terminal: ${ptc} run examples/calculator.json\nCtrl-C ends both`);
      if (!interrupt.aborted) await Promise.race([once(interrupt, 'abort'), stack.ended]);
    } finally {
      say('ending; what is under way goes on the next time');
      await stack.stop();
    }
  });

function explainTaken(error: unknown): never {
  if (!(error instanceof DevServerTaken)) throw error;
  throw new CommandError(exit.failed, `${error.message}: ptc dev runs already; for a further worker: npm run worker`);
}

/** Without a key it still serves what needs none, so that earlier runs can be opened. */
function rolesWithin({ providers }: Config): Role[] {
  if (providerNames.some((name) => providers[name].key !== null)) return [...roles];
  say('no key is set: new plans will be refused, earlier runs can be opened');
  return ['sandbox', 'workflows'];
}
