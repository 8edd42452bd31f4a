import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { z } from 'zod';
import { identity, ownerOf } from '../sandboxes/process-identity.ts';
import { writeAtomically } from '../store/write-atomically.ts';

/** Where the dev server of a folder is. `owner` is the identity of the process that started it, `pid` the server's own. */
const ServerRecord = z.object({
  address: z.string(),
  uiUrl: z.string(),
  owner: z.string(),
  pid: z.int().positive().nullable(),
});
export type ServerRecord = z.infer<typeof ServerRecord>;

/** Another process has its dev server in this folder. */
export class DevServerTaken extends Error {
  override readonly name = 'DevServerTaken';
}

/** A namespace that only the server of this folder has. */
export const markOf = (folder: string): string =>
  `ptc-dev-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;

const recordFile = (folder: string) => join(folder, 'server.json');

/** The server that this project started and that still runs. */
export async function findDevServer(folder: string): Promise<ServerRecord | null> {
  const record = await readRecord(folder);
  return record && (await answers(record, folder)) ? record : null;
}

async function readRecord(folder: string): Promise<ServerRecord | null> {
  try {
    return ServerRecord.parse(JSON.parse(await readFile(recordFile(folder), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Makes a folder this process' own, since two servers on one database fight.
 * @throws {DevServerTaken}
 */
export async function claim(folder: string): Promise<ServerRecord> {
  await clearRemains(folder);
  const [port, uiPort] = await freePorts();
  const record: ServerRecord = {
    address: `127.0.0.1:${port}`,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    owner: identity(),
    pid: null,
  };
  const draft = `${recordFile(folder)}.${process.pid}`;
  await writeFile(draft, JSON.stringify(record));
  // Unlike a rename, a link is refused where another process was faster.
  await link(draft, recordFile(folder))
    .catch(() => Promise.reject(taken(folder)))
    .finally(() => rm(draft));
  return record;
}

export const recordPid = (folder: string, record: ServerRecord, pid: number | null): Promise<void> =>
  writeAtomically(recordFile(folder), JSON.stringify({ ...record, pid }));

export const release = (folder: string): Promise<void> => rm(recordFile(folder), { force: true });

/** Whether the server of this folder answers there. Whatever else listens on that port by now is not ours. */
export async function answers({ address }: ServerRecord, folder: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: '2s' });
    try {
      await connection.workflowService.describeNamespace({ namespace: markOf(folder) });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}

/** A process that was killed leaves its server and its record. */
async function clearRemains(folder: string): Promise<void> {
  const record = await readRecord(folder);
  const owner = record && ownerOf(record.owner);
  if (owner === 'alive') throw taken(folder);
  if (record && (await answers(record, folder))) {
    if (owner !== 'dead' || record.pid === null) throw taken(folder);
    process.kill(record.pid);
    while (await answers(record, folder)) await sleep(100);
  }
  await release(folder);
}

const taken = (folder: string) => new DevServerTaken(`another process has its Temporal server in ${folder}`);

async function freePorts(): Promise<number[]> {
  const sockets = [createServer(), createServer()];
  const ports = await Promise.all(
    sockets.map(async (socket) => {
      await once(socket.listen(0, '127.0.0.1'), 'listening');
      const address = socket.address();
      return typeof address === 'object' && address ? address.port : 0;
    }),
  );
  await Promise.all(sockets.map((socket) => once(socket.close(), 'close')));
  return ports;
}
