import { languages } from '../../src/languages/index.ts';
import { runners } from '../../src/runners/index.ts';
import { codes, table } from './table.ts';

const intro = `# Languages

A file's language is told by its whole name, else by its extension. Each file of a language with a syntax check is parsed by a real grammar before tests run. Tests run where a runner knows the language; a language without one is written and checked, and its tests are reported as not run.`;

export function languageTable(): string {
  const runnersOf = (name: string) =>
    runners.filter(({ languages }) => languages.includes(name)).map(({ name }) => name);
  const rows = languages.map(({ name, extensions, fileNames = [], checkSyntax }) => [
    name,
    codes(extensions),
    codes(fileNames),
    checkSyntax ? 'yes' : '',
    runnersOf(name).join(', '),
  ]);
  return `${intro}\n\n${table(['language', 'extensions', 'file names', 'syntax check', 'test runner'], rows)}`;
}
