import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../src/folders.ts';
import { fileNames } from './docs/file-names.ts';
import { findingCodes } from './docs/finding-codes.ts';
import { languageTable } from './docs/languages.ts';

/**
 * Reference pages made from the tables that the code works with. Writes them into `docs`, or into the folder that is
 * named; `--check` exits with 1 where one is stale.
 */
const pages = [
  { file: 'finding-codes.md', text: findingCodes },
  { file: 'languages.md', text: languageTable },
  { file: 'file-names.md', text: fileNames },
];

const isCheck = process.argv.includes('--check');
const [folder = join(projectFolder, 'docs')] = process.argv.slice(2).filter((argument) => argument !== '--check');
if (!isCheck) await mkdir(folder, { recursive: true });
for (const { file, text } of pages) {
  const path = join(folder, file);
  const page = `<!-- Made by \`npm run docs\`; changes here are lost. -->\n\n${text()}\n`;
  if (!isCheck) await writeFile(path, page);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== page) tellStale(path);
}

function tellStale(path: string): void {
  process.stderr.write(`${path} is stale; mend it: npm run docs\n`);
  process.exitCode = 1;
}
