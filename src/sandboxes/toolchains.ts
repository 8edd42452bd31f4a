import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, link, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { requireLinux } from './failures.ts';
import { SandboxError, type Toolchain } from './sandbox.ts';
import { makeReadable, openStaging, type Staging } from './staging.ts';

const run = promisify(execFile);
const repository = new URL('../../', import.meta.url);
const requirements = fileURLToPath(new URL('python/sandbox-requirements.txt', repository));

export interface StageOptions {
  /** The staging folder; see {@link openStaging}. */
  root?: string;
  say?: (note: string) => void;
}

/** Puts everything in place that sandboxes need beside bubblewrap. The only step that needs a network. */
export async function stageToolchains(options: StageOptions = {}): Promise<void> {
  requireLinux();
  await stageNode(await openStaging(options.root));
  await stagePython(options);
}

/** The bubblewrap arguments that mount a toolchain, its programs in /opt/bin. */
export const mounts: Record<Toolchain, (staging: Staging) => Promise<string[]>> = {
  async node(staging) {
    return ['--ro-bind', `${await stageNode(staging)}/node`, '/opt/bin/node'];
  },
  async python(staging) {
    const packages = await staging.find(await packagesName());
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
export async function stagePython({ root, say = () => {} }: StageOptions = {}): Promise<void> {
  const staging = await openStaging(root);
  const name = await packagesName();
  if ((await staging.find(name)) !== null) return;
  const python = systemPython();
  say('installing pytest for the sandbox');
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
    await run(pip, ['-m', 'pip', 'install', '--quiet', ...options, '--target', folder, '--requirement', requirements]);
    // Compiled here once: the sandbox sees the folder read-only and would compile anew in each run, for 0.4 s.
    await run(python, ['-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash', folder]);
    await makeReadable(folder);
  });
}

/** Pure wheels, so that the list alone names the content. */
const packagesName = async () => `python-${digest(await readFile(requirements))}`;

const digest = (text: string | Buffer) => createHash('sha256').update(text).digest('hex').slice(0, 12);

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
