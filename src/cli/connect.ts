import { createClient, type PtcClient } from '../client.ts';
import { type Config, loadConfig } from '../config.ts';
import { connect, findServer, type ServerPlace } from '../temporal/connection.ts';
import { unreachable } from './exit.ts';

export interface Connected {
  ptc: PtcClient;
  config: Config;
  server: ServerPlace;
}

/** Does `work` with a client of the server that the settings lead to, and closes the connection after it. */
export async function withClient<T>(work: (connected: Connected) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const server = await findServer(config);
  if (!server)
    throw unreachable('no Temporal server: set TEMPORAL_ADDRESS, or start one here with: npm run ptc -- dev');
  const client = await connect(server);
  try {
    return await work({ ptc: createClient(client, config.taskQueue), config, server });
  } finally {
    await client.connection.close();
  }
}
