import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { cgroupParents } from '../../src/sandboxes/cgroups.ts';
import { localSandbox } from '../../src/sandboxes/local.ts';

/** What only this kind of sandbox can be asked: what it leaves on the host. Beside the contract that holds for all. */

const never = new AbortController().signal;
const repository = new URL('../../', import.meta.url).pathname;
const root = process.geteuid?.() === 0 ? '/var/lib/ptc' : `/var/tmp/ptc-${process.geteuid?.()}`;

const workers: ChildProcess[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ptc-test-'));
  folders.push(folder);
  return folder;
}

const runFolders = (label: string, staging = root) =>
  readdirSync(join(staging, 'runs')).filter((name) => name.includes(label));

/** Processes of the whole machine whose command line holds these words. */
function processesWith(words: string): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandLine(pid).includes(words));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has ended meanwhile
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let waits = 0; !condition(); waits += 1) {
    if (waits > 500) throw new Error('waited 10 s in vain');
    await pause(20);
  }
}

/** A duration that no other process sleeps for. */
const unique = () => `${1000 + Math.floor(Math.random() * 1000)}.${Math.floor(Math.random() * 1e9)}`;

describe('the local sandbox', () => {
  it('leaves neither process nor folder after an abort', async () => {
    const seconds = unique();
    const label = randomUUID().replaceAll('-', '');
    const aborter = new AbortController();
    {
      await using sandbox = await localSandbox().open({ files: [], toolchains: [], label, signal: never });
      const running = sandbox.run(
        { argv: ['sh', '-c', `setsid sleep ${seconds} & sleep ${seconds}`], timeoutMs: 60_000 },
        aborter.signal,
      );
      await until(() => processesWith(`sleep ${seconds}`).length > 2);
      aborter.abort(new Error('cancelled'));
      await expect(running).rejects.toThrow('cancelled');
      expect(processesWith(`sleep ${seconds}`)).toEqual([]);
      expect(runFolders(label)).toHaveLength(1);
    }
    expect(runFolders(label)).toEqual([]);
  });

  it.each([
    ['starts', (command: string) => processesWith(command).length > 0],
    ['runs', (command: string) => running(command).length > 0],
  ])(
    'of a worker killed while it %s ends with it, and what is left is swept at the next start, a live sibling spared',
    async (_, begun) => {
      const staging = temporaryFolder();
      const [killed, sibling] = await Promise.all([
        startWorker(staging, 'killed', begun),
        startWorker(staging, 'sibling', begun),
      ]);
      killed.worker.kill('SIGKILL');
      await once(killed.worker, 'exit');
      await until(() => running(killed.command).length === 0);
      expect(runFolders('-killed-', staging)).toHaveLength(1);

      expect(await localSandbox({ stagingRoot: staging }).problems()).toEqual([
        expect.stringContaining('npm run setup'),
      ]);
      await until(() => processesWith(killed.command).length === 0);
      expect(runFolders('-killed-', staging)).toEqual([]);
      expect(await cgroupsOf(killed.worker)).toEqual([]);
      expect(runFolders('-sibling-', staging)).toHaveLength(1);
      await until(() => running(sibling.command).length > 0);
    },
  );

  it('works from a clone that only its owner can enter', async () => {
    const clone = temporaryFolder(); // mode 0700
    for (const name of ['src', 'python', 'package.json'])
      cpSync(join(repository, name), join(clone, name), { recursive: true });
    symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'));
    cpSync(process.execPath, join(clone, 'node'));
    const script = `
      import { localSandbox } from './src/sandboxes/local.ts';
      const signal = new AbortController().signal;
      await using sandbox = await localSandbox({ stagingRoot: '${temporaryFolder()}' }).open({ files: [], toolchains: ['node'], label: 'clone', signal });
      process.stdout.write((await sandbox.run({ argv: ['node', '-p', '6 * 7'], timeoutMs: 20000 }, signal)).stdout);`;
    writeFileSync(join(clone, 'script.ts'), script);
    expect(execFileSync(join(clone, 'node'), [join(clone, 'script.ts')], { encoding: 'utf8' })).toBe('42\n');
  });

  it('passes on no descriptor that the worker was started with', () => {
    const script = `
      import { localSandbox } from '${repository}src/sandboxes/local.ts';
      const signal = new AbortController().signal;
      await using sandbox = await localSandbox().open({ files: [], toolchains: [], label: 'descriptors', signal });
      process.stdout.write((await sandbox.run({ argv: ['readlink', '/proc/self/fd/40'], timeoutMs: 20000 }, signal)).stdout);`;
    const secret = openSync(join(repository, 'package.json'), 'r');
    const stdio = Array.from({ length: 41 }, (_, index) => (index === 40 ? secret : index === 1 ? 'pipe' : 'ignore'));
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      stdio,
      encoding: 'utf8',
    });
    closeSync(secret);
    expect(stdout).toBe('/dev/null\n');
  });

  it('names the remedy when pytest is not staged, and refuses to run what needs it', async () => {
    const sandbox = localSandbox({ stagingRoot: temporaryFolder() });
    expect(await sandbox.problems()).toEqual([expect.stringMatching(/pytest.*`npm run setup`/)]);
    const opened = sandbox.open({ files: [], toolchains: ['python'], label: 'none', signal: never });
    await expect(opened).rejects.toThrow(/pytest is not staged.*`npm run setup`/);
  });

  it('refuses a staging folder that is a link', async () => {
    const link = join(temporaryFolder(), 'link');
    symlinkSync(temporaryFolder(), link);
    expect(await localSandbox({ stagingRoot: link }).problems()).toEqual([
      expect.stringContaining('is not a folder of its own'),
    ]);
  });

  it.runIf(process.geteuid?.() === 0)('refuses a staging folder of somebody else', async () => {
    const folder = temporaryFolder();
    execFileSync('chown', ['65534', folder]);
    expect(await localSandbox({ stagingRoot: folder }).problems()).toEqual([
      expect.stringContaining('belongs to uid 65534'),
    ]);
  });

  it('stages toolchains once when two start at the same time', async () => {
    const stagingRoot = temporaryFolder();
    await Promise.all([localSandbox({ stagingRoot }).problems(), localSandbox({ stagingRoot }).problems()]);
    const toolchains = readdirSync(join(stagingRoot, 'toolchains'));
    expect(toolchains.filter((name) => name.startsWith('node-'))).toHaveLength(1);
    expect(readdirSync(join(stagingRoot, 'runs'))).toEqual([]);
  });
});

/** The command itself, without the bubblewraps that have it among their arguments. */
const running = (command: string) => processesWith(command).filter((pid) => commandLine(pid).startsWith(command));

const cgroupsOf = async ({ pid }: ChildProcess) =>
  (await cgroupParents()).flatMap(({ folder }) => readdirSync(folder)).filter((name) => name.includes(`.${pid}.`));

/** A process of its own with an open sandbox, as soon as its command has begun in the sense asked for. */
async function startWorker(staging: string, label: string, begun: (command: string) => boolean) {
  const command = `sleep ${unique()}`;
  const script = `
    import { localSandbox } from '${repository}src/sandboxes/local.ts';
    const signal = new AbortController().signal;
    const sandbox = await localSandbox({ stagingRoot: '${staging}' }).open({ files: [{ path: 'a', content: 'a' }], toolchains: [], label: '${label}', signal });
    await sandbox.run({ argv: ${JSON.stringify(command.split(' '))}, timeoutMs: 600000 }, signal);`;
  const worker = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.push(worker);
  await until(() => begun(command));
  return { worker, command };
}
