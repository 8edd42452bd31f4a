import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractFiles } from '../../../src/parsing/extract-files.ts';

const folder = join(import.meta.dirname, '../../fixtures/answers');
const traps = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -3));

/** Beside each answer stands what a careful reader takes from it: files, and findings as `code: file`. */
describe('answers as models write them', () => {
  it.each(traps)('%s', (trap) => {
    const { hints, files, findings } = JSON.parse(readFileSync(join(folder, `${trap}.json`), 'utf8'));
    const extraction = extractFiles(readFileSync(join(folder, `${trap}.md`), 'utf8'), hints);
    expect(
      extraction.files.map(({ path, content, truncated, partial }) => ({
        path,
        content,
        ...(truncated ? { truncated } : {}),
        ...(partial ? { partial } : {}),
      })),
    ).toEqual(files);
    expect(extraction.findings.map(({ code, file }) => (file === null ? code : `${code}: ${file}`))).toEqual(findings);
  });
});
