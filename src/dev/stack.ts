import type { Config } from '../config.ts';
import type { Logger } from '../logging.ts';
import type { Role } from '../roles.ts';
import { devServerFolder, findServer, type ServerPlace } from '../temporal/connection.ts';
import { startDevServer } from '../temporal/dev-server.ts';
import { installRuntime } from '../temporal/runtime.ts';
import { startWorker } from '../worker.ts';

/** A server and a worker in this process' care. */
export interface Stack {
  server: ServerPlace;
  /** Rejects when the worker breaks. */
  ended: Promise<void>;
  /** Drains the worker, then ends the server if this stack started it. */
  stop(): Promise<void>;
}

/** Uses the server that is there (named by the environment, or started here before), else starts one; then a worker. */
export async function startStack(config: Config, logger: Logger, serve: readonly Role[]): Promise<Stack> {
  const there = await findServer(config);
  const own = there ? null : await startDevServer(devServerFolder(config));
  const server = there ?? (await findServer(config));
  try {
    if (!server) throw new Error('the dev server was started and is gone again');
    installRuntime(logger, []);
    const worker = await startWorker(config, server, { serve });
    const stop = async () => {
      await worker.drain();
      await own?.stop();
    };
    return { server, ended: worker.ended, stop };
  } catch (error) {
    await own?.stop();
    throw error;
  }
}
