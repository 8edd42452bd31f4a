import { hostname } from 'node:os';
import { loadConfig } from '../src/config.ts';
import { connect, findServer } from '../src/temporal/connection.ts';

/** Fails unless a worker of this machine asks the server for runs: a container's health check, where it is the only one. */
const config = loadConfig();
const server = await findServer(config);
if (!server) throw new Error('no Temporal server: set TEMPORAL_ADDRESS');
const client = await connect(server);
const { pollers } = await client.workflowService.describeTaskQueue({
  namespace: server.namespace,
  taskQueue: { name: config.taskQueue },
  taskQueueType: 1,
});
await client.connection.close();

// The server lists a poller for minutes after its last request; one that lives asks anew every minute.
const alive = (pollers ?? []).some(
  ({ identity, lastAccessTime }) =>
    identity?.endsWith(`@${hostname()}`) && Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < 90_000,
);
if (!alive) throw new Error(`no worker of ${hostname()} polls task queue ${config.taskQueue}`);
