import { execFile } from 'node:child_process';
import { access, constants, mkdir, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { projectFolder } from '../folders.ts';

/** Flags and server behaviour were measured with it; 1.8 is the first whose server has priorities on by default. */
const oldest = [1, 8];

const downloadFolder = join(projectFolder, '.ptc', 'temporal-cli');

/** A Temporal CLI new enough to start a dev server: on the PATH, else downloaded by set-up, else in the project's Python environment. */
export async function findTemporalCli(): Promise<string | null> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'temporal'));
  const downloaded = await readdir(downloadFolder).catch(() => []);
  const candidates = [
    ...onPath,
    ...downloaded.map((name) => join(downloadFolder, name)),
    join(projectFolder, '.venv', 'bin', 'temporal'),
  ];
  for (const candidate of candidates) if (await isNewEnough(candidate)) return candidate;
  return null;
}

/** The SDK downloads the program in order to start it. */
export async function downloadTemporalCli(): Promise<void> {
  await mkdir(downloadFolder, { recursive: true });
  const executable = { type: 'cached-download', downloadDir: downloadFolder } as const;
  await (await TestWorkflowEnvironment.createLocal({ server: { executable } })).teardown();
}

async function isNewEnough(path: string): Promise<boolean> {
  const isProgram = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isProgram) return false;
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000 }).catch(() => ({ stdout: '' }));
  const [major = 0, minor = 0] = /version (\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number) ?? [];
  const [oldestMajor = 0, oldestMinor = 0] = oldest;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
