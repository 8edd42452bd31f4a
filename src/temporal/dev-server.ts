import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { findTemporalCli } from './cli-binary.ts';

/** A Temporal dev server of this project. `stop` ends it and waits until it has. */
export interface DevServer {
  address: string;
  uiUrl: string;
  stop(): Promise<void>;
}

const ServerRecord = z.object({ address: z.string(), uiUrl: z.string(), database: z.string() });
type ServerRecord = z.infer<typeof ServerRecord>;

/** With these a run of six stages takes a fifth of the time that the defaults take; the last two keep it durable. */
const tuning = [
  ['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=2000'],
  ['--sqlite-pragma', 'journal_mode=WAL'],
  ['--sqlite-pragma', 'synchronous=NORMAL'],
].flat();

const startWithinMs = 60_000;

/** Starts a durable server in `folder`, which keeps its runs from one time to the next. */
export async function startDevServer(folder: string): Promise<DevServer> {
  const cli = await findTemporalCli();
  if (!cli) throw new Error('no Temporal command line of 1.8 or newer is here; type: npm run setup');
  await mkdir(folder, { recursive: true });
  const record = await newRecord(folder);
  const [, port = ''] = record.address.split(':');
  const log = await open(logFile(folder), 'w');
  // Detached, since Ctrl-C in a terminal reaches the whole group, and the worker has to drain before its server goes.
  const server = spawn(
    cli,
    ['server', 'start-dev', '--ip', '127.0.0.1', '--port', port, '--ui-port', new URL(record.uiUrl).port]
      .concat(['--db-filename', record.database, '--namespace', markOf(folder), '--log-level', 'error'])
      .concat(['--ui-disable-news-fetch', ...tuning]),
    { detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  await log.close();
  const stop = () => end(server).then(() => rm(recordFile(folder), { force: true }));
  await untilReady(server, record, folder).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  await writeFileAtomic(recordFile(folder), JSON.stringify(record));
  return { address: record.address, uiUrl: record.uiUrl, stop };
}

/**
 * The server that this project started and that still runs: recorded, and known by a namespace that only it has.
 * Whatever else listens on that port by now is not ours.
 */
export async function findDevServer(folder: string): Promise<Omit<DevServer, 'stop'> | null> {
  const text = await readFile(recordFile(folder), 'utf8').catch(() => null);
  const record = text === null ? null : ServerRecord.safeParse(JSON.parse(text));
  return record?.success && (await isOurs(record.data, folder)) ? record.data : null;
}

const recordFile = (folder: string) => join(folder, 'server.json');
const logFile = (folder: string) => join(folder, 'temporal.log');
const markOf = (folder: string) => `ptc-dev-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;

async function newRecord(folder: string): Promise<ServerRecord> {
  const [port, uiPort] = await freePorts();
  return { address: `127.0.0.1:${port}`, uiUrl: `http://127.0.0.1:${uiPort}`, database: join(folder, 'temporal.db') };
}

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

async function untilReady(server: ChildProcess, record: ServerRecord, folder: string): Promise<void> {
  const deadline = Date.now() + startWithinMs;
  while (!(await isOurs(record, folder))) {
    if (server.exitCode !== null || server.signalCode !== null || Date.now() > deadline) {
      const said = await readFile(logFile(folder), 'utf8').catch(() => '');
      throw new Error(`the Temporal dev server did not start: ${said.trim().slice(-1000) || 'it said nothing'}`);
    }
    await sleep(100);
  }
}

async function isOurs({ address }: ServerRecord, folder: string): Promise<boolean> {
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

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}
