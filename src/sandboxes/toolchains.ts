import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, link, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { goRoot, javaSettings, stageGo, stageTypescript } from './checkers.ts';
import { digest } from './digest.ts';
import { requireLinux } from './failures.ts';
import { SandboxError, type Toolchain } from './sandbox.ts';
import { makeReadable, openStaging, type Staging } from './staging.ts';

const run = promisify(execFile);
const repository = new URL('../../', import.meta.url);

/** Each a folder of its own, so that tests see pytest and no type checker. */
const requirements = {
  pytest: fileURLToPath(new URL('python/sandbox-requirements.txt', repository)),
  ty: fileURLToPath(new URL('python/checker-requirements.txt', repository)),
};
type Packages = keyof typeof requirements;

export interface StageOptions {
  /** The staging folder; see {@link openStaging}. */
  root?: string;
  say?: (note: string) => void;
}

/** Puts everything in place that sandboxes need beside bubblewrap. The only step that needs a network. */
export async function stageToolchains(options: StageOptions = {}): Promise<void> {
  requireLinux();
  const staging = await openStaging(options.root);
  await stageNode(staging);
  await stageTypescript(staging);
  await stagePython(options);
  await stagePackages('ty', options);
}

/** The bubblewrap arguments that mount a toolchain, its programs in /opt/bin. A checker that is not there mounts nothing. */
export const mounts: Record<Toolchain, (staging: Staging) => Promise<string[]>> = {
  async node(staging) {
    return ['--ro-bind', `${await stageNode(staging)}/node`, '/opt/bin/node'];
  },
  async python(staging) {
    const packages = await staging.find(await packagesName('pytest'));
    if (packages === null) throw new SandboxError('pytest is not staged for the sandbox; run `npm run setup`');
    const python = systemPython();
    return [
      '--symlink',
      python,
      '/opt/bin/python',
      '--symlink',
      python,
      '/opt/bin/python3',
      '--ro-bind',
      packages,
      '/opt/python',
    ];
  },
  async typescript(staging) {
    const folder = await stageTypescript(staging);
    if (folder === null) return [];
    return ['--ro-bind', folder, '/opt/typescript', '--symlink', '/opt/typescript/lib/tsc', '/opt/bin/tsc'];
  },
  async ty(staging) {
    const packages = await staging.find(await packagesName('ty'));
    return packages === null ? [] : ['--ro-bind', `${packages}/bin/ty`, '/opt/bin/ty'];
  },
  async go(staging) {
    const folder = await stageGo(staging);
    if (folder === null) return [];
    return ['--ro-bind', `${folder}/check-go`, '/opt/bin/check-go', '--symlink', `${goRoot}/bin/go`, '/opt/bin/go'];
  },
  async java() {
    return (await javaSettings()).flatMap((path) => ['--ro-bind', path, path]);
  },
};

/** The Node of this process. A copy of its own, since it may lie in a folder that only its owner can read. */
async function stageNode(staging: Staging): Promise<string> {
  const { size, mtimeMs, mode } = await stat(process.execPath);
  const name = `node-${process.versions.node}-${digest(`${size} ${mtimeMs}`)}`;
  return staging.once(name, async (folder) => {
    const target = `${folder}/node`;
    // A link costs no disk, but shares the mode and needs the same file system.
    const linked =
      (mode & 0o555) === 0o555 &&
      (await link(process.execPath, target).then(
        () => true,
        () => false,
      ));
    if (linked) return;
    await copyFile(process.execPath, target);
    await chmod(target, 0o755);
  });
}

/** Installs pytest and what it needs for the system's Python, pinned by hash; nothing to do when it is there. */
export const stagePython = (options: StageOptions = {}): Promise<void> => stagePackages('pytest', options);

async function stagePackages(packages: Packages, { root, say = () => {} }: StageOptions): Promise<void> {
  const staging = await openStaging(root);
  const name = await packagesName(packages);
  if ((await staging.find(name)) !== null) return;
  const python = systemPython();
  say(`installing ${packages} for the sandbox`);
  const pip = await pythonWithPip();
  await staging.once(name, async (folder) => {
    const options = [
      '--no-deps',
      '--only-binary',
      ':all:',
      '--require-hashes',
      '--no-compile',
      '--disable-pip-version-check',
    ];
    const list = ['--requirement', requirements[packages]];
    await run(pip, ['-m', 'pip', 'install', '--quiet', ...options, '--target', folder, ...list]);
    // Compiled here once: the sandbox sees the folder read-only and would compile anew in each run, for 0.4 s.
    await run(python, ['-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash', folder]);
    await makeReadable(folder);
    if (packages === 'ty') await chmod(`${folder}/bin/ty`, 0o755);
  });
}

/** The same wheels on every machine of a kind, so that the list alone names the content. */
async function packagesName(packages: Packages): Promise<string> {
  const kind = packages === 'pytest' ? 'python' : packages;
  return `${kind}-${digest(await readFile(requirements[packages]))}`;
}

/** The sandbox mounts /usr and nothing else of the host, so that a Python of pyenv or a venv cannot serve in it. */
function systemPython(): string {
  const found = ['/usr/bin/python3', '/usr/local/bin/python3'].find((path) => existsSync(path));
  if (found === undefined) throw new SandboxError('there is no Python under /usr; run `apt-get install python3`');
  return found;
}

async function pythonWithPip(): Promise<string> {
  for (const python of [fileURLToPath(new URL('.venv/bin/python', repository)), 'python3', systemPython()]) {
    const works = await run(python, ['-m', 'pip', '--version']).then(
      () => true,
      () => false,
    );
    if (works) return python;
  }
  throw new SandboxError('no Python with pip was found, and pytest comes with it; run `apt-get install python3-pip`');
}
