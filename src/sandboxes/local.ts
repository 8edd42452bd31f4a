import { asSandboxError } from './failures.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type Host, hosts } from './local-host.ts';
import { LocalSandbox } from './local-sandbox.ts';
import { type OpenRequest, type Sandbox, SandboxError, type SandboxProvider, type Toolchain } from './sandbox.ts';
import { placeFiles } from './staging.ts';
import { mounts } from './toolchains.ts';

export interface LocalOptions {
  /** Where projects and toolchains are staged: by default /var/lib/ptc for root, else /var/tmp/ptc-<uid>. */
  stagingRoot?: string;
  limits?: Partial<Limits>;
  /** Told once when memory is watched since no cgroup can be made. */
  say?: (note: string) => void;
}

const watchNote = 'no cgroup can be made here: memory is watched instead, and a burst may pass its limit for a moment';

type Open = (request: OpenRequest) => Promise<Sandbox>;

/** Sandboxes of this machine by bubblewrap: no network, no files but the project and /usr, no environment, no root. */
export function localSandbox(options: LocalOptions = {}): SandboxProvider {
  const limits = { ...defaultLimits, ...options.limits };
  let host: Promise<Host> | undefined;
  const prepared = () => {
    host ??= firstThatWorks(limits, options).catch((error) => {
      host = undefined; // what is missing now may be there at the next call
      throw error;
    });
    return host;
  };
  const open: Open = async (request) => openSandbox(await prepared(), limits, request);
  return { name: 'local', open, problems: () => findProblems(open) };
}

async function firstThatWorks(limits: Limits, { stagingRoot, say }: LocalOptions): Promise<Host> {
  let failure: unknown;
  for await (const host of hosts(stagingRoot)) {
    try {
      await prove((request) => openSandbox(host, limits, request), [], ['true']);
      if (host.cgroup === null) say?.(watchNote);
      return host;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function openSandbox(
  host: Host,
  limits: Limits,
  { files, toolchains, label, signal }: OpenRequest,
): Promise<Sandbox> {
  signal.throwIfAborted();
  const mounted = await Promise.all(toolchains.map((name) => mounts[name](host.staging)));
  const folder = await host.staging.runFolder(label);
  const sandbox = new LocalSandbox(host, folder, mounted.flat(), limits);
  try {
    await placeFiles(`${folder}/project`, files);
    signal.throwIfAborted();
    return sandbox;
  } catch (error) {
    await sandbox[Symbol.asyncDispose]();
    throw asSandboxError(error);
  }
}

/** What tests cannot do without; a checker that is not there costs a warning. */
const proofs = {
  node: ['node', '--version'],
  python: ['python3', '-c', 'import sys; sys.path.append("/opt/python"); import pytest'],
} satisfies Partial<Record<Toolchain, string[]>>;

async function findProblems(open: Open): Promise<string[]> {
  const problemOf = (toolchains: Toolchain[], argv: string[]) =>
    prove(open, toolchains, argv).then(() => null, message);
  const problem = await problemOf([], ['true']);
  if (problem !== null) return [problem];
  const problems = await Promise.all((['node', 'python'] as const).map((name) => problemOf([name], proofs[name])));
  return problems.filter((problem) => problem !== null);
}

/** Runs a harmless command in a real sandbox. @throws {SandboxError} unless it succeeds. */
async function prove(open: Open, toolchains: Toolchain[], argv: string[]): Promise<void> {
  const { signal } = new AbortController();
  await using sandbox = await open({ files: [], toolchains, label: 'self-test', signal });
  const { exitCode, stderr } = await sandbox.run({ argv, timeoutMs: 30_000 }, signal);
  if (exitCode !== 0)
    throw new SandboxError(`\`${argv.join(' ')}\` fails in the sandbox with ${exitCode}: ${stderr.trim()}`);
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));
