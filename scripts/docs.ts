import { fileNames } from './docs/file-names.ts';
import { findingCodes } from './docs/finding-codes.ts';
import { languageTable } from './docs/languages.ts';
import { writeOrCheck } from './generated.ts';

/**
 * Reference pages made from the tables that the code works with. Writes them into `docs`, or into the folder that is
 * named; `--check` exits with 1 where one is stale.
 */
const pages = [
  { file: 'finding-codes.md', text: findingCodes },
  { file: 'languages.md', text: languageTable },
  { file: 'file-names.md', text: fileNames },
];

const files = pages.map(({ file, text }) => ({
  file,
  text: `<!-- Made by \`npm run docs\`; changes here are lost. -->\n\n${text()}\n`,
}));
await writeOrCheck(files, 'docs', 'npm run docs');
