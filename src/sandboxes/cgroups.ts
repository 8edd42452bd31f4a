import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identity, kill, ownerOf } from './process-identity.ts';

/** The files of the two cgroup versions that bound memory. A limit on swap exists only where swap is accounted. */
const versions = {
  v1: {
    limit: 'memory.limit_in_bytes',
    swap: 'memory.memsw.limit_in_bytes',
    swapBytes: (memory: number) => memory,
    events: 'memory.oom_control',
  },
  v2: { limit: 'memory.max', swap: 'memory.swap.max', swapBytes: () => 0, events: 'memory.events' },
};

/** A folder of the cgroup file system in which this process may make groups. */
export interface CgroupParent {
  folder: string;
  version: keyof typeof versions;
}

/** Where a group with a memory limit may be made, the likeliest first. */
export async function cgroupParents(mount = '/sys/fs/cgroup', self = '/proc/self/cgroup'): Promise<CgroupParent[]> {
  const lines = (await readFile(self, 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  const path = (controller: (names: string) => boolean) => lines.find(([, names]) => controller(names ?? '-'))?.[2];
  const v1 = path((names) => names.split(',').includes('memory'));
  const v2 = path((names) => names === '');
  const parents: CgroupParent[] = [];
  if (v1 !== undefined) {
    const memory = join(mount, 'memory');
    parents.push({ folder: join(memory, v1), version: 'v1' }, { folder: memory, version: 'v1' });
  }
  if (v2 !== undefined) {
    // A group that holds processes can pass no controller on, so siblings of one's own group come first.
    parents.push({ folder: join(mount, dirname(v2)), version: 'v2' }, { folder: mount, version: 'v2' });
  }
  return parents.filter(({ folder }) => existsSync(join(folder, 'cgroup.procs')));
}

/** A bound on the memory of all processes that join it. */
export class Cgroup implements AsyncDisposable {
  readonly folder: string;
  readonly #events: string;

  private constructor(folder: string, version: CgroupParent['version']) {
    this.folder = folder;
    this.#events = join(folder, versions[version].events);
  }

  /** @throws where the folder may not be written or has no memory controller. */
  static async make(parent: CgroupParent, memoryBytes: number): Promise<Cgroup> {
    const { limit, swap, swapBytes } = versions[parent.version];
    const folder = join(parent.folder, `${identity()}-ptc-${randomBytes(6).toString('hex')}`);
    await mkdir(folder);
    const cgroup = new Cgroup(folder, parent.version);
    try {
      await writeFile(join(folder, limit), `${memoryBytes}`);
      if (existsSync(join(folder, swap))) await writeFile(join(folder, swap), `${swapBytes(memoryBytes)}`);
    } catch (error) {
      await cgroup[Symbol.asyncDispose]();
      throw error;
    }
    return cgroup;
  }

  /** Whether the kernel has killed for it: one process only, so that the others would go on. */
  outOfMemory(): boolean {
    const events = readFileSync(this.#events, 'utf8');
    return Number(/^oom_kill (\d+)$/m.exec(events)?.[1]) > 0;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return removeGroup(this.folder);
  }
}

/** Removes the groups that dead processes left, with whatever still runs in them. */
export async function sweepCgroups({ folder }: CgroupParent): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.includes('-ptc-') && ownerOf(name) === 'dead') await removeGroup(join(folder, name));
  }
}

/** The kernel frees a group a moment after its last process; one that outlives this second is left to the next sweep. */
async function removeGroup(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    for (const pid of (await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)) {
      kill(Number(pid));
    }
    const left = await rmdir(folder).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === 'EBUSY',
    );
    if (!left) return;
    await pause(20);
  }
}
