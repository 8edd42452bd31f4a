import { join } from 'node:path';
import { Client, Connection, isGrpcServiceError, ServiceError } from '@temporalio/client';
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import type { Config } from '../config.ts';
import { findDevServer } from './dev-server-record.ts';

/** A Temporal server and how to reach it. `uiUrl` is known for this project's own server alone. */
export interface ServerPlace {
  connection: ClientConnectConfig['connectionOptions'];
  namespace: string;
  uiUrl: string | null;
  /** For messages: where it is and how it was found. */
  found: string;
}

export const devServerFolder = ({ stateFolder }: Pick<Config, 'stateFolder'>): string => join(stateFolder, 'dev');

/** Whether the environment says which server to use. */
export const namesServer = ({ temporal }: Pick<Config, 'temporal'>): boolean =>
  Boolean(temporal['TEMPORAL_ADDRESS'] || temporal['TEMPORAL_PROFILE'] || temporal['TEMPORAL_CONFIG_FILE']);

/**
 * The server that the environment names (`TEMPORAL_ADDRESS`, or a profile), else the one that this project started.
 * Never one that merely listens on the usual port: that may be a tunnel to production.
 */
export async function findServer(config: Pick<Config, 'temporal' | 'stateFolder'>): Promise<ServerPlace | null> {
  if (namesServer(config)) {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: config.temporal });
    const address = connectionOptions.address ?? 'localhost:7233';
    return {
      connection: connectionOptions,
      namespace: namespace ?? 'default',
      uiUrl: null,
      found: `${address} (TEMPORAL_ADDRESS)`,
    };
  }
  const server = await findDevServer(devServerFolder(config));
  if (!server) return null;
  const found = `${server.address} (this project's own)`;
  return {
    connection: { address: server.address },
    namespace: config.temporal['TEMPORAL_NAMESPACE'] || 'default',
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

/** What the client throws when the server is lost or refuses, in words for a person; anything else as it is. */
export function explainLoss(error: unknown, { found }: ServerPlace): unknown {
  const cause = error instanceof ServiceError ? error.cause : error;
  if (!isGrpcServiceError(cause)) return error;
  const details = cause.details.replace(/\s*Resolution note:\s*$/, '');
  return new ServerUnreachable(`Temporal at ${found} does not answer as it should: ${details}`, { cause });
}

export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
}

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
