import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { type Activities, createActivities } from './activities/index.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { createLogger, type Logger } from './logging.ts';
import { createParts } from './parts.ts';
import { workerProblems } from './readiness.ts';
import { type Role, roles } from './roles.ts';
import { findServer, type ServerPlace } from './temporal/connection.ts';
import { installRuntime } from './temporal/runtime.ts';

export interface RunningWorker {
  /** Resolves when drained, rejects when it broke. */
  ended: Promise<void>;
  /** Takes no new work, and waits for what is under way; after the grace time that is cancelled and tried again elsewhere. */
  drain(): Promise<void>;
}

export interface WorkerChoices {
  serve?: readonly Role[];
  /** Made by {@link bundleWorkflows}; for processes that start several workers. */
  bundle?: WorkflowBundle;
}

export type WorkflowBundle = Awaited<ReturnType<typeof bundleWorkflows>>;

const payloadConverterPath = fileURLToPath(new URL('./temporal/payload-converter.ts', import.meta.url));

/** The workflow code as Temporal's isolates load it. */
export const bundleWorkflows = (): ReturnType<typeof bundleWorkflowCode> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)),
    payloadConverterPath,
    logger: Runtime.instance().logger,
  });

/** Connects, and serves the roles' queues until told to drain. */
export async function startWorker(
  config: Config,
  server: ServerPlace,
  { serve = roles, bundle }: WorkerChoices = {},
): Promise<RunningWorker> {
  const connection = await NativeConnection.connect(server.connection);
  const queues = queuesOf(config, createActivities(createParts(config)));
  const workflowBundle = serve.includes('workflows') ? (bundle ?? (await bundleWorkflows())) : null;
  const workers = await Promise.all(
    serve.map((role) =>
      Worker.create({
        connection,
        namespace: server.namespace,
        ...settings,
        ...queues[role],
        ...(role === 'workflows' && workflowBundle ? { workflowBundle } : {}),
      }),
    ),
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

const settings = {
  dataConverter: { payloadConverterPath },
  // A cancellation reaches an activity in the answer to a heartbeat, and so at most this late.
  maxHeartbeatThrottleInterval: '2s',
  // What does not end within it is cancelled, and tried again by another worker.
  shutdownGraceTime: '10s',
  shutdownForceTime: '30s',
} as const;

type Queue = Pick<WorkerOptions, 'taskQueue' | 'activities' | 'maxConcurrentActivityTaskExecutions'>;

function queuesOf({ taskQueue, maxConcurrentExecutions }: Config, activities: Activities): Record<Role, Queue> {
  const { callModel, runTests, ...quick } = activities;
  return {
    workflows: { taskQueue, activities: quick },
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
  const server = await findServer(config);
  const problems = [...(server ? [] : [noServer]), ...(await workerProblems(config, createParts(config), serve))];
  if (!server || problems.length > 0) return refuse(logger, problems);
  installRuntime(logger, ['SIGINT', 'SIGTERM']);
  const worker = await startWorker(config, server, { serve });
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
