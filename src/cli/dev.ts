import { once } from 'node:events';
import { Command } from 'commander';
import { type Config, loadConfig } from '../config.ts';
import { startStack } from '../dev/stack.ts';
import { createLogger } from '../logging.ts';
import { createParts } from '../parts.ts';
import { providerNames } from '../providers/provider.ts';
import { workerProblems } from '../readiness.ts';
import { type Role, roles } from '../roles.ts';
import { describeWorker } from '../worker.ts';
import { unreachable } from './exit.ts';
import { print, say } from './print.ts';

export const devCommand = new Command('dev')
  .description('a Temporal server and a worker until Ctrl-C; runs are kept from one time to the next')
  .action(async () => {
    const config = loadConfig();
    const serve = rolesWithin(config);
    const problems = await workerProblems(config, createParts(config), serve);
    if (problems.length > 0) throw unreachable(problems.join('\n'));
    const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    const stack = await startStack(config, createLogger(config.logLevel), serve);
    print(`Web UI: ${stack.server.uiUrl ?? `see the server at ${stack.server.found}`}`);
    print(
      `${describeWorker(config, stack.server, serve)}\nrun a plan in another terminal: npm run ptc -- run examples/calculator.json\nCtrl-C ends both`,
    );
    await Promise.race([interrupted, stack.ended]);
    say('draining …');
    await stack.stop();
  });

/** Without a key it still serves what needs none, so that earlier runs can be opened. */
function rolesWithin({ providers }: Config): Role[] {
  if (providerNames.some((name) => providers[name].key !== null)) return [...roles];
  say('no key is set: new plans will be refused, earlier runs can be opened');
  return ['sandbox', 'workflows'];
}
