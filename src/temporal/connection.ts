import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { stateFolder } from '../folders.ts';
import { findDevServer } from './dev-server.ts';

/** A Temporal server and how to reach it. `uiUrl` is known for this project's own server alone. */
export interface ServerPlace {
  connection: ClientConnectConfig['connectionOptions'];
  namespace: string;
  uiUrl: string | null;
  /** For messages: where it is and how it was found. */
  found: string;
}

export const devServerFolder = join(stateFolder, 'dev');

/**
 * The server that the environment names (`TEMPORAL_ADDRESS`, or a profile), else the one that this project started.
 * Never one that merely listens on the usual port: that may be a tunnel to production.
 */
export async function findServer(environment: Record<string, string>): Promise<ServerPlace | null> {
  const { TEMPORAL_ADDRESS, TEMPORAL_PROFILE, TEMPORAL_CONFIG_FILE, TEMPORAL_NAMESPACE } = environment;
  if (TEMPORAL_ADDRESS || TEMPORAL_PROFILE || TEMPORAL_CONFIG_FILE) {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: environment });
    const address = connectionOptions.address ?? 'localhost:7233';
    return {
      connection: connectionOptions,
      namespace: namespace ?? 'default',
      uiUrl: null,
      found: `${address} (TEMPORAL_ADDRESS)`,
    };
  }
  const server = await findDevServer(devServerFolder);
  if (!server) return null;
  const found = `${server.address} (started by ptc dev)`;
  return {
    connection: { address: server.address },
    namespace: TEMPORAL_NAMESPACE || 'default',
    uiUrl: server.uiUrl,
    found,
  };
}

/** @throws {ServerUnreachable} when it does not answer within 10 s. */
export async function connect({ connection, namespace, found }: ServerPlace): Promise<Client> {
  try {
    return new Client({ connection: await Connection.connect({ ...connection, connectTimeout: '10s' }), namespace });
  } catch (cause) {
    throw new ServerUnreachable(`Temporal at ${found} does not answer: ${reason(cause)}`, { cause });
  }
}

export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
}

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
