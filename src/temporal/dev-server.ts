import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTemporalCli } from './cli-binary.ts';
import { answers, claim, markOf, recordPid, release, type ServerRecord } from './dev-server-record.ts';

/** A Temporal dev server of this project. */
export interface DevServer {
  address: string;
  uiUrl: string;
  /** Rejects when it ends without having been stopped. */
  ended: Promise<void>;
  /** Ends it, and waits until it has. */
  stop(): Promise<void>;
}

/** With these a run of six stages takes a fifth of the time that the defaults take; the last two keep it durable. */
const tuning = [
  ['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=2000'],
  ['--sqlite-pragma', 'journal_mode=WAL'],
  ['--sqlite-pragma', 'synchronous=NORMAL'],
].flat();

const startWithinMs = 60_000;

/**
 * Starts a durable server in `folder`, which keeps its runs from one time to the next.
 * @throws {DevServerTaken} when another process has its server there.
 */
export async function startDevServer(folder: string): Promise<DevServer> {
  const cli = await findTemporalCli();
  if (!cli) throw new Error('no Temporal command line of 1.8 or newer is here; type: npm run setup');
  await mkdir(folder, { recursive: true });
  const record = await claim(folder);
  const server = await launch(cli, folder, record);
  await recordPid(folder, record, server.pid ?? null);
  let stopping = false;
  const ended = once(server, 'exit').then(([code, signal]) => {
    if (!stopping)
      throw new Error(`the Temporal server has ended (${signal ?? `status ${code}`}); see ${logFile(folder)}`);
  });
  ended.catch(() => {}); // it is up to the caller whether to wait for it
  const stop = async () => {
    stopping = true;
    await end(server);
    await release(folder);
  };
  await untilReady(server, record, folder).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { address: record.address, uiUrl: record.uiUrl, ended, stop };
}

const logFile = (folder: string) => join(folder, 'temporal.log');

async function launch(cli: string, folder: string, { address, uiUrl }: ServerRecord): Promise<ChildProcess> {
  const log = await open(logFile(folder), 'w');
  const { port } = new URL(`http://${address}`);
  // Detached, since Ctrl-C in a terminal reaches the whole group, and the worker has to drain before its server goes.
  const server = spawn(
    cli,
    ['server', 'start-dev', '--ip', '127.0.0.1', '--port', port, '--ui-port', new URL(uiUrl).port]
      .concat(['--db-filename', join(folder, 'temporal.db'), '--namespace', markOf(folder), '--log-level', 'error'])
      .concat(['--ui-disable-news-fetch', ...tuning]),
    { detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  await log.close();
  return server;
}

async function untilReady(server: ChildProcess, record: ServerRecord, folder: string): Promise<void> {
  const deadline = Date.now() + startWithinMs;
  while (!(await answers(record, folder))) {
    if (server.exitCode !== null || server.signalCode !== null || Date.now() > deadline) {
      const said = await readFile(logFile(folder), 'utf8').catch(() => '');
      throw new Error(`the Temporal dev server did not start: ${said.trim().slice(-1000) || 'it said nothing'}`);
    }
    await sleep(100);
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
