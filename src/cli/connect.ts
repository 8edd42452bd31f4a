import { createClient, type PtcClient } from '../client.ts';
import { type Config, loadConfig } from '../config.ts';
import { connect, explainLoss, findServer, type ServerPlace } from '../temporal/connection.ts';
import { unreachable } from './exit.ts';
import { ptc } from './print.ts';

export interface Connected {
  ptc: PtcClient;
  config: Config;
  server: ServerPlace;
}

export const noServer = `no Temporal server: start one here with \`${ptc} dev\`, or set TEMPORAL_ADDRESS`;

/** Does `work` with a client of the server that the settings lead to, and closes the connection after it. */
export async function withClient<T>(work: (connected: Connected) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const server = await findServer(config);
  if (!server) throw unreachable(noServer);
  const client = await connect(server);
  try {
    return await work({ ptc: createClient(client, config.taskQueue), config, server });
  } catch (error) {
    throw explainLoss(error, server);
  } finally {
    await client.connection.close();
  }
}
