import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bubblewrapArguments } from './bubblewrap.ts';
import { Cgroup } from './cgroups.ts';
import { asSandboxError, notStarted } from './failures.ts';
import { type Ended, launch } from './launch.ts';
import type { Limits } from './limits.ts';
import { type Host, launcher } from './local-host.ts';
import { type CommandResult, type Limit, type Sandbox, type SandboxCommand, SandboxError } from './sandbox.ts';
import { placeFiles } from './staging.ts';
import { usedMemory } from './used-memory.ts';

/** Node reserves 1.2 GiB of addresses that it never touches. */
const reservedAddresses = 1.5 * 1024 ** 3;

/** What a shell gives for SIGXCPU: 128 and the signal's number. */
const cpuExit = 128 + 24;

/** `folder` holds `project`; it is removed with the sandbox. */
export class LocalSandbox implements Sandbox {
  readonly #host: Host;
  readonly #folder: string;
  readonly #toolchains: string[];
  readonly #limits: Limits;
  readonly #disposed = new AbortController();
  readonly #running = new Set<Promise<CommandResult>>();
  #commands = 0;

  constructor(host: Host, folder: string, toolchains: string[], limits: Limits) {
    this.#host = host;
    this.#folder = folder;
    this.#toolchains = toolchains;
    this.#limits = limits;
  }

  run(command: SandboxCommand, signal: AbortSignal): Promise<CommandResult> {
    const either = AbortSignal.any([signal, this.#disposed.signal]);
    const running = this.#run(command, either).catch((error) => Promise.reject(asSandboxError(error)));
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort(new SandboxError('the sandbox was disposed of'));
    await Promise.allSettled(this.#running);
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #run(command: SandboxCommand, signal: AbortSignal): Promise<CommandResult> {
    signal.throwIfAborted();
    this.#commands += 1;
    const folder = join(this.#folder, `command-${this.#commands}`);
    await placeFiles(join(folder, 'support'), command.support ?? []);
    await using report = await openReport(join(folder, 'report'), this.#host.uid);
    await using cgroup = this.#host.cgroup && (await Cgroup.make(this.#host.cgroup, this.#limits.memoryBytes));
    const argv = [...launcher(this.#host, cgroup?.folder), this.#host.bubblewrap, ...this.#arguments(folder, command)];
    const limits = this.#limits;
    const overMemory = (pid: number) => (cgroup === null ? usedMemory(pid) > limits.memoryBytes : cgroup.outOfMemory());
    const ended = await launch({ argv, timeoutMs: command.timeoutMs, limits, overMemory }, signal);
    return { ...outcome(ended, cgroup), report: await readReport(report, limits.reportBytes) };
  }

  #arguments(folder: string, command: SandboxCommand): string[] {
    const view = {
      project: join(this.#folder, 'project'),
      report: join(folder, 'report'),
      support: join(folder, 'support'),
      etc: this.#host.etc,
      toolchains: this.#toolchains,
    };
    const addressSpace = this.#host.cgroup === null ? this.#limits.memoryBytes + reservedAddresses : null;
    return bubblewrapArguments(view, command, this.#limits, addressSpace);
  }
}

/** Held open from the start, so that no mode that the command gives the file keeps us from reading it. */
async function openReport(path: string, uid: number | null): Promise<FileHandle> {
  const report = await open(path, 'wx+', 0o600);
  if (uid !== null) await report.chown(uid, uid);
  return report;
}

async function readReport(report: FileHandle, maxBytes: number): Promise<string> {
  const { buffer, bytesRead } = await report.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
  return buffer.toString('utf8', 0, bytesRead);
}

function outcome({ ran, ...ended }: Ended, cgroup: Cgroup | null): Omit<CommandResult, 'report'> {
  if (cgroup?.outOfMemory()) return { ...ended, limit: 'memory' };
  if (!ran) throw notStarted(ended.stderr, ended.exitCode);
  const limit: Limit | null = ended.exitCode === cpuExit ? 'cpu' : null;
  return { ...ended, limit: ended.limit ?? limit };
}
