import { type ChildProcess, fork } from 'node:child_process';
import type { ProjectFile } from '../../schemas/artifact.ts';
import type { ParsedModule } from './module.ts';

const program = new URL('./parser-process.ts', import.meta.url);
const timeoutMs = 10_000;

let parser: ChildProcess | null = null;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Parses a JavaScript or TypeScript file. Null where the parser dies of it or takes too long: it is native code without
 * a limit on nesting, and an answer may be written to crash it. Hence its own process, kept for the next file.
 */
export function parseModule(file: ProjectFile): Promise<ParsedModule | null> {
  const parsed = queue.then(() => ask(file)); // one at a time, so that a death has one cause
  queue = parsed.catch(() => {});
  return parsed;
}

function ask({ path, content }: ProjectFile): Promise<ParsedModule | null> {
  parser ??= start();
  const child = parser;
  hold(child, true);
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  return new Promise<ParsedModule | null>((resolve, reject) => {
    child.once('message', (parsed) => resolve(parsed as ParsedModule | null));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (diedOfIt(code, signal)) resolve(null);
      else reject(new Error(`the JavaScript parser's process ended with exit code ${code}`));
    });
    child.send({ path, content });
  }).finally(() => {
    clearTimeout(timer);
    child.removeAllListeners();
    if (child.exitCode === null && child.signalCode === null) hold(child, false);
    else parser = null;
  });
}

/** Nothing of the environment goes along: the parser needs none of it, and keys stand there. */
const start = (): ChildProcess =>
  fork(program, { env: {}, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });

/** An overflow is a signal, but on Windows a large exit code. */
const diedOfIt = (code: number | null, signal: NodeJS.Signals | null): boolean => signal !== null || (code ?? 0) > 128;

/** Only a question in flight keeps this process alive. */
function hold(child: ChildProcess, on: boolean): void {
  const change = on ? 'ref' : 'unref';
  child[change]();
  child.channel?.[change]();
}
