import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cgroup, cgroupParents } from '../../../src/sandboxes/cgroups.ts';

/** A folder in the place of /sys/fs/cgroup: shows what is written where, not what a kernel makes of it. */
let mount: string;
beforeEach(() => {
  mount = mkdtempSync(join(tmpdir(), 'ptc-cgroup-'));
});
afterEach(() => rmSync(mount, { recursive: true }));

function group(...path: string[]): string {
  const folder = join(mount, ...path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cgroup.procs'), '');
  return folder;
}

function self(lines: string): string {
  writeFileSync(join(mount, 'self'), lines);
  return join(mount, 'self');
}

describe('cgroupParents', () => {
  it('takes version 2 beside the own group first: one that holds processes passes no controller on', async () => {
    const slice = group('user.slice', 'app.slice');
    group('user.slice', 'app.slice', 'worker.scope');
    group();
    const parents = await cgroupParents(mount, self('0::/user.slice/app.slice/worker.scope\n'));
    expect(parents).toEqual([
      { folder: slice, version: 'v2' },
      { folder: mount, version: 'v2' },
    ]);
  });

  it('takes version 1 where memory is mounted there, and its root where the own path is not visible', async () => {
    const root = group('memory');
    const parents = await cgroupParents(mount, self('8:pids:/\n4:memory:/docker/0123\n0::/\n'));
    expect(parents).toEqual([{ folder: root, version: 'v1' }]);
  });

  it('finds none where there is none', async () => {
    expect(await cgroupParents(mount, join(mount, 'nothing'))).toEqual([]);
  });
});

describe('Cgroup', () => {
  it.each([
    ['v1', 'memory.limit_in_bytes', 'memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n'],
    ['v2', 'memory.max', 'memory.events', 'low 0\noom 1\noom_kill 1\noom_group_kill 0\n'],
  ] as const)(
    'of version %s bounds memory and tells when the kernel has killed for it',
    async (version, limit, events, killed) => {
      const cgroup = await Cgroup.make({ folder: group(), version }, 1000);
      expect(readFileSync(join(cgroup.folder, limit), 'utf8')).toBe('1000');
      writeFileSync(join(cgroup.folder, events), killed.replace(/oom_kill 1/, 'oom_kill 0'));
      expect(cgroup.outOfMemory()).toBe(false);
      writeFileSync(join(cgroup.folder, events), killed);
      expect(cgroup.outOfMemory()).toBe(true);
    },
  );

  it('leaves nothing behind where the limit cannot be set', async () => {
    await expect(Cgroup.make({ folder: join(mount, 'absent'), version: 'v2' }, 1000)).rejects.toThrow('ENOENT');
    expect(existsSync(join(mount, 'absent'))).toBe(false);
  });
});
