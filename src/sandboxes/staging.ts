import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { bubblewrapsOf, identity, kill, ownerOf } from './process-identity.ts';
import { SandboxError, type SandboxFile } from './sandbox.ts';

const dayMs = 24 * 60 * 60 * 1000;

const callerUid = (): number => process.geteuid?.() ?? 0;

export const defaultRoot = (): string => (callerUid() === 0 ? '/var/lib/ptc' : `/var/tmp/ptc-${callerUid()}`);

/**
 * The folder from which sandboxes read projects and toolchains. Never the clone nor HOME: those may be readable by
 * their owner only, and a sandbox runs under another uid.
 */
export async function openStaging(root = defaultRoot()): Promise<Staging> {
  try {
    await mkdir(root, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new SandboxError(`cannot make the staging folder ${root} (${String(error)}); choose another one`);
  }
  await refuseForeign(root);
  await chmod(root, 0o755);
  const staging = new Staging(root);
  await staging.sweep();
  return staging;
}

/** Whoever owns this folder decides what runs in the sandbox and reads what is staged for it. */
async function refuseForeign(root: string): Promise<void> {
  const found = await lstat(root);
  const remedy = 'remove it or choose another staging folder';
  if (!found.isDirectory()) throw new SandboxError(`the staging folder ${root} is not a folder of its own; ${remedy}`);
  if (found.uid !== callerUid())
    throw new SandboxError(`the staging folder ${root} belongs to uid ${found.uid}; ${remedy}`);
}

export class Staging {
  readonly root: string;
  readonly #runs: string;

  constructor(root: string) {
    this.root = root;
    this.#runs = join(root, 'runs');
  }

  /** A new folder that this process owns until it removes it or is found dead. Its name cannot be guessed or listed. */
  async runFolder(label: string): Promise<string> {
    const name = `${identity()}-${label.replace(/[^\w.]+/g, '_').slice(0, 40)}-${randomBytes(6).toString('hex')}`;
    const folder = join(this.#runs, name);
    await mkdir(this.#runs, { recursive: true });
    await chmod(this.#runs, 0o711);
    await mkdir(folder);
    await chmod(folder, 0o755);
    return folder;
  }

  /** Builds a folder once for all processes: in a place of its own first, so that nobody meets a half-built one. */
  async once(name: string, build: (folder: string) => Promise<void>): Promise<string> {
    const folder = join(this.root, 'toolchains', name);
    if (await exists(folder)) return folder;
    const draft = await this.runFolder(name);
    try {
      await build(draft);
      await mkdir(dirname(folder), { recursive: true });
      await chmod(dirname(folder), 0o755);
      await rename(draft, folder);
    } catch (error) {
      if (!(await exists(folder))) throw error; // else another process was faster
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return folder;
  }

  /** The folder that `once` has built under this name, or null. */
  async find(name: string): Promise<string | null> {
    const folder = join(this.root, 'toolchains', name);
    return (await exists(folder)) ? folder : null;
  }

  /** Removes what dead processes left; another container's folders only when they are a day old. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#runs).catch(() => [])) {
      const owner = ownerOf(name);
      const folder = join(this.#runs, name);
      // A worker killed at the wrong moment leaves a bubblewrap that waits for it; it runs nothing, but never ends.
      if (owner === 'dead') bubblewrapsOf(folder).forEach(kill);
      if (owner === 'dead' || (owner === 'foreign' && (await ageMs(folder)) > dayMs)) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  }
}

/** Writes files that any uid can read. A path that leaves the folder is a bug of ours: the gates before refuse it. */
export async function placeFiles(folder: string, files: SandboxFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of files) {
    const path = join(folder, file.path);
    if (!path.startsWith(folder + sep)) throw new Error(`the path "${file.path}" leaves the project`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.content);
  }
  await makeReadable(folder);
}

/** Whatever the umask of this process was. */
export async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const ageMs = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
