import type { Config } from '../config.ts';
import type { Logger } from '../logging.ts';
import type { Role } from '../roles.ts';
import { devServerFolder, findServer, namesServer, type ServerPlace } from '../temporal/connection.ts';
import { startDevServer } from '../temporal/dev-server.ts';
import { DevServerTaken } from '../temporal/dev-server-record.ts';
import { installRuntime } from '../temporal/runtime.ts';
import { startWorker } from '../worker.ts';

/** A server to work with. */
export interface OpenServer {
  place: ServerPlace;
  /** False where it was there before, with workers of its own perhaps. */
  isOwn: boolean;
  /** Rejects when it ends without having been stopped. */
  ended: Promise<void>;
  /** Ends it if it is this process' own. */
  stop(): Promise<void>;
}

export interface Stack {
  /** Rejects when server or worker breaks. */
  ended: Promise<void>;
  /** Drains the worker, then ends the server. */
  stop(): Promise<void>;
}

/**
 * The server that the environment names, else one of this process' own.
 * @throws {DevServerTaken} when another process has it, unless it may be shared.
 */
export async function openServer(config: Config, { share }: { share: boolean }): Promise<OpenServer> {
  const own = namesServer(config) ? null : await startDevServer(devServerFolder(config)).catch(ifTaken(share));
  const place = await findServer(config);
  if (!place) throw new Error("another process' Temporal server is starting or ending; try again in a moment");
  return {
    place,
    isOwn: own !== null,
    ended: own?.ended ?? new Promise(() => {}),
    stop: async () => own?.stop(),
  };
}

const ifTaken = (share: boolean) => (error: unknown) => {
  if (share && error instanceof DevServerTaken) return null;
  throw error;
};

/** A worker for the server; where it cannot start, the server is stopped. */
export async function startStack(
  config: Config,
  server: OpenServer,
  logger: Logger,
  serve: readonly Role[],
): Promise<Stack> {
  try {
    installRuntime(logger, []);
    const worker = await startWorker(config, server.place, { serve });
    return {
      ended: Promise.race([worker.ended, server.ended]),
      stop: () => worker.drain().finally(() => server.stop()),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
