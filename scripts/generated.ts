import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../src/folders.ts';

/** A committed file that is made from the code. */
export interface Generated {
  file: string;
  text: string;
}

/**
 * Writes the files into a folder of the project, or into the one that the command line names; with `--check` it
 * exits with 1 where one is stale, and names the command that mends it.
 */
export async function writeOrCheck(files: Generated[], defaultFolder: string, command: string): Promise<void> {
  const isCheck = process.argv.includes('--check');
  const [folder = join(projectFolder, defaultFolder)] = process.argv.slice(2).filter((one) => one !== '--check');
  if (!isCheck) await mkdir(folder, { recursive: true });
  for (const { file, text } of files) {
    const path = join(folder, file);
    if (!isCheck) await writeFile(path, text);
    else if ((await readFile(path, 'utf8').catch(() => '')) !== text) tellStale(path, command);
  }
}

function tellStale(path: string, command: string): void {
  process.stderr.write(`${path} is stale; mend it: ${command}\n`);
  process.exitCode = 1;
}
