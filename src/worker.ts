import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { type Activities, createActivities } from './activities/index.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { createLogger, type Logger } from './logging.ts';
import { createParts } from './parts.ts';
import { workerProblems } from './readiness.ts';
import { findServer, type ServerPlace } from './temporal/connection.ts';
import { installRuntime } from './temporal/runtime.ts';

/** What a worker may serve, a queue each, so that model calls and sandbox runs have slots of their own. */
export const roles = ['workflows', 'models', 'sandbox'] as const;
export type Role = (typeof roles)[number];

export interface RunningWorker {
  /** Resolves when drained, rejects when it broke. */
  ended: Promise<void>;
  /** Takes no new work, and waits for what is under way; after the grace time that is cancelled and tried again elsewhere. */
  drain(): Promise<void>;
}

const graceTime = '10s';

/** Connects, and serves the roles' queues until told to drain. */
export async function startWorker(
  config: Config,
  server: ServerPlace,
  serve: readonly Role[] = roles,
): Promise<RunningWorker> {
  const connection = await NativeConnection.connect(server.connection);
  const activities = createActivities(createParts(config));
  const common: Partial<WorkerOptions> = {
    connection,
    namespace: server.namespace,
    dataConverter: { payloadConverterPath: fileURLToPath(new URL('./temporal/payload-converter.ts', import.meta.url)) },
    // A cancellation reaches an activity in the answer to a heartbeat, and so at most this late.
    maxHeartbeatThrottleInterval: '2s',
    shutdownGraceTime: graceTime,
    shutdownForceTime: '30s',
  };
  const workers = await Promise.all(
    serve.map((role) => Worker.create({ ...common, ...optionsFor(role, config, activities) } as WorkerOptions)),
  );
  const ended = Promise.all(workers.map((worker) => worker.run()))
    .then(() => {})
    .finally(() => connection.close());
  const drain = async () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await ended;
  };
  return { ended, drain };
}

function optionsFor(role: Role, { taskQueue, maxConcurrentExecutions }: Config, activities: Activities): WorkerOptions {
  const { callModel, runTests, ...quick } = activities;
  const queues: Record<Role, WorkerOptions> = {
    workflows: {
      taskQueue,
      workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)),
      activities: quick,
    },
    // Waits on the vendor, and costs this machine little.
    models: {
      taskQueue: `${taskQueue}-models`,
      activities: { callModel },
      maxConcurrentActivityTaskExecutions: maxConcurrentExecutions,
    },
    // Runs foreign code at full load: one for each core.
    sandbox: {
      taskQueue: `${taskQueue}-sandbox`,
      activities: { runTests },
      maxConcurrentActivityTaskExecutions: availableParallelism(),
    },
  };
  return queues[role];
}

/** What the worker serves and with which keys, for the log. */
export function describeWorker(
  { providers, taskQueue }: Config,
  { found }: ServerPlace,
  serve: readonly Role[],
): string {
  const keys = Object.entries(providers)
    .filter(([, { key }]) => key !== null)
    .map(([name]) => name);
  return `serves ${serve.join(', ')} on task queue ${taskQueue} of Temporal at ${found}; keys: ${keys.join(', ') || 'none'}`;
}

async function main(): Promise<number> {
  const serve = rolesFrom(process.argv.slice(2));
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  const server = await findServer(config.temporal);
  const problems = [...(server ? [] : [noServer]), ...(await workerProblems(config, createParts(config), serve))];
  if (!server || problems.length > 0) return refuse(logger, problems);
  installRuntime(logger, ['SIGINT', 'SIGTERM']);
  const worker = await startWorker(config, server, serve);
  logger.info(describeWorker(config, server, serve));
  await worker.ended;
  logger.info('drained');
  return 0;
}

const noServer = 'no Temporal server: set TEMPORAL_ADDRESS, or start one here with: npm run ptc -- dev';

function refuse(logger: Logger, problems: string[]): number {
  for (const problem of problems) logger.error(problem);
  return 3;
}

/** `--serve models,sandbox`; all by default. */
function rolesFrom(args: string[]): Role[] {
  if (args.length === 0) return [...roles];
  const [flag, list = ''] = args;
  const named = list.split(',').map((name) => roles.find((role) => role === name));
  const known = named.filter((role) => role !== undefined);
  if (flag !== '--serve' || known.length !== named.length) {
    throw new ConfigError(`usage: npm run worker -- [--serve ${roles.join(',')}]`);
  }
  return known;
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof ConfigError ? 2 : 3;
  });
}
