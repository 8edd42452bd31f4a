import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export interface CommandOptions {
  /** Its whole environment but for the PATH. */
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string;
}

export interface Ended {
  status: number | NodeJS.Signals;
  stdout: string;
  stderr: string;
}

export interface RunningCommand extends AsyncDisposable {
  process: ChildProcess;
  /** Resolves when a text has been printed, on either stream. */
  says(text: string): Promise<void>;
  ended: Promise<Ended>;
}

const ptcScript = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const demoScript = fileURLToPath(new URL('../../src/demo/main.ts', import.meta.url));

/** `ptc` as a process of its own. */
export const startPtc = (args: string[], options?: CommandOptions): RunningCommand =>
  start([ptcScript, ...args], options);

export const ptc = (args: string[], options?: CommandOptions): Promise<Ended> => startPtc(args, options).ended;

export const startDemo = (options: CommandOptions): RunningCommand => start([demoScript], options);

function start(args: string[], { env = {}, cwd, stdin = '' }: CommandOptions = {}): RunningCommand {
  const child = spawn(process.execPath, args, { cwd, env: { PATH: process.env['PATH'], ...env } });
  child.stdin.on('error', () => {}).end(stdin); // it may end without having read
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk) => (printed[name] += chunk));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const ended = once(child, 'close').then(([code, signal]) => ({ status: code ?? signal, ...printed }));
  return {
    process: child,
    ended,
    async says(text) {
      const all = () => printed.stdout + printed.stderr;
      await expect.poll(() => all().includes(text) || isOver(), { timeout: 60_000 }).toBe(true);
      expect(all()).toContain(text);
    },
    async [Symbol.asyncDispose]() {
      if (!isOver()) child.kill('SIGKILL');
      await ended;
    },
  };
}
