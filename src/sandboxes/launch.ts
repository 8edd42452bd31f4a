import { type ChildProcess, type StdioNull, type StdioPipe, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import type { Duplex, Readable } from 'node:stream';
import { inheritable } from './inheritable.ts';
import { KeptOutput } from './kept-output.ts';
import type { Limits } from './limits.ts';
import { kill } from './process-identity.ts';
import type { CommandResult, Limit } from './sandbox.ts';

const memoryWatchMs = 100;

export interface Launch {
  /** Ends in bubblewrap, told to write its status to file descriptor 3 and to ask on 4. */
  argv: string[];
  timeoutMs: number;
  limits: Limits;
  /** Asked all along about the sandbox's first process and those below it. */
  overMemory: (pid: number) => boolean;
}

/** `ran` is false when bubblewrap ended without running the command to an exit code; stderr may say why. */
export type Ended = Omit<CommandResult, 'report'> & { ran: boolean };

/**
 * Runs one command to its end, or kills all of its processes: at a limit, which the result names, or at an abort,
 * which rejects with the signal's reason once they are gone.
 */
export async function launch({ argv, timeoutMs, limits, overMemory }: Launch, signal: AbortSignal): Promise<Ended> {
  signal.throwIfAborted();
  const startedAt = performance.now();
  const child = start(argv);
  const status = new Status(child.stdio[3] as Readable);
  answer(child.stdio[4] as Duplex);
  let limit: Limit | null = null;
  const stop = (reached: Limit | null) => {
    limit ??= reached;
    status.kill();
  };
  const { stdout, stderr } = collect(child, limits, () => stop('output'));
  const unwatch = watch({ timeoutMs, overMemory, status, signal, stop });
  try {
    const [code, ended] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    signal.throwIfAborted();
    const exitCode = code ?? 128 + (ended ? constants.signals[ended] : 0);
    const durationMs = Math.round(performance.now() - startedAt);
    const ran = status.exited || limit !== null;
    return { exitCode, stdout: stdout.text(), stderr: stderr.text(), limit, durationMs, ran };
  } finally {
    unwatch();
  }
}

/** With an EMPTY environment: what bubblewrap itself was started with can be read inside as /proc/1/environ. */
function start([program = '', ...rest]: string[]): ChildProcess {
  const nothing = openSync('/dev/null', 'r');
  const stdio: (StdioNull | StdioPipe | number)[] = ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'];
  for (const descriptor of inheritable()) if (descriptor > 4) stdio[descriptor] = nothing;
  try {
    return spawn(program, rest, { env: {}, cwd: '/', stdio: Array.from(stdio, (use) => use ?? 'ignore') });
  } finally {
    closeSync(nothing);
  }
}

interface Watch extends Pick<Launch, 'timeoutMs' | 'overMemory'> {
  status: Status;
  signal: AbortSignal;
  stop: (limit: Limit | null) => void;
}

function watch({ timeoutMs, overMemory, status, signal, stop }: Watch): () => void {
  const timer = setTimeout(() => stop('time'), timeoutMs);
  const memory = setInterval(() => {
    if (status.pid !== null && overMemory(status.pid)) stop('memory');
  }, memoryWatchMs);
  const abort = () => stop(null);
  signal.addEventListener('abort', abort, { once: true });
  return () => {
    clearTimeout(timer);
    clearInterval(memory);
    signal.removeEventListener('abort', abort);
  };
}

/**
 * The sandbox asks before it begins. Until bubblewrap has set itself up it would outlive a killed worker, and with
 * nobody to stop it; one that gets no answer ends.
 */
function answer(line: Duplex): void {
  line.on('error', () => {}); // it has ended by itself
  line.once('data', () => line.end('go\n'));
}

function collect(child: ChildProcess, { keptBytes, outputBytes }: Limits, full: () => void) {
  let bytes = 0;
  const keep = (pipe: Readable | null) => {
    const kept = new KeptOutput(keptBytes);
    pipe?.on('data', (chunk: Buffer) => {
      kept.push(chunk);
      bytes += chunk.length;
      if (bytes > outputBytes) full();
    });
    return kept;
  };
  return { stdout: keep(child.stdout), stderr: keep(child.stderr) };
}

/** What bubblewrap writes about itself: the pid of the sandbox's first process, later the command's exit code. */
class Status {
  #text = '';
  #killed = false;

  constructor(pipe: Readable) {
    pipe.on('data', (chunk: Buffer) => {
      this.#text += chunk;
      if (this.#killed) this.kill();
    });
  }

  get pid(): number | null {
    const found = /"child-pid": (\d+)/.exec(this.#text)?.[1];
    return found === undefined ? null : Number(found);
  }

  get exited(): boolean {
    return this.#text.includes('"exit-code"');
  }

  /** Ends every process in the sandbox with its first one, as soon as that one's pid is known. */
  kill(): void {
    this.#killed = true;
    if (this.pid !== null && !this.exited) kill(this.pid);
  }
}
