import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export interface WorkerProcess extends AsyncDisposable {
  process: ChildProcess;
  /** All that it logged so far. */
  log(): string;
  /** Resolves with its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** `src/worker.ts` as a process of its own, with these variables and no others but the PATH; resolves when it serves. */
export async function startWorkerProcess(env: Record<string, string>, args: string[] = []): Promise<WorkerProcess> {
  const script = fileURLToPath(new URL('../../src/worker.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { env: { PATH: process.env['PATH'], ...env } });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk));
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  await expect.poll(() => log.includes('serves ') || child.exitCode !== null, { timeout: 60_000 }).toBe(true);
  return {
    process: child,
    log: () => log,
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}
