import { execFile } from 'node:child_process';
import { appendFile, glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedExamples } from '../../scripts/docs/file-names.ts';
import { findingCodeEntries } from '../../scripts/docs/finding-codes.ts';
import { projectFolder } from '../../src/folders.ts';

async function sources(folder: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const path of glob(`${folder}/**/*.ts`, { cwd: projectFolder }))
    texts.push(await readFile(join(projectFolder, path), 'utf8'));
  return texts;
}

const matches = (texts: string[], ...patterns: RegExp[]): Set<string> =>
  new Set(
    texts.flatMap((text) => patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, word = '']) => word))),
  );

describe('the table of finding codes', () => {
  const listed = findingCodeEntries().map(({ code }) => code);

  test('has every code that a finding is made with', async () => {
    const makers = (await sources('src')).filter((text) => /\bfinding\(/.test(text));
    const used = matches(
      makers,
      /\bfinding\(\s*'\w+',\s*'([\w-]+)'/g,
      /\bcode: '([\w-]+)'/g,
      /(?:return|[?:]) '([a-z]+(?:-[a-z]+)+)'/g,
    );
    expect(used.size).toBeGreaterThan(40);
    expect([...used].filter((code) => !listed.includes(code))).toEqual([]);
  });

  test('has no code that nothing uses, none twice, and an example for each', async () => {
    const texts = await sources('src');
    expect(listed.filter((code) => !texts.some((text) => text.includes(`'${code}'`)))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
    expect(findingCodeEntries().filter(({ example }) => example === '')).toEqual([]);
  });
});

describe('the kinds of evidence for a file name', () => {
  test('have an example each', async () => {
    const known = matches(
      await sources('src/parsing'),
      /evidence: '([^']+)'/g,
      /\b(?:given|named)\([^']*'([^']+)', 0?\.\d/g,
      /\bgive\([^']*'([^']+)'/g,
    );
    const shown = namedExamples().map(({ file }) => file.evidence);
    expect(known.size).toBeGreaterThan(10);
    expect([...known].filter((evidence) => !shown.includes(evidence))).toEqual([]);
  });
});

describe('scripts/docs.ts', () => {
  const script = join(projectFolder, 'scripts', 'docs.ts');
  const runScript = (...args: string[]) => promisify(execFile)(process.execPath, [script, ...args]);
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ptc-docs-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('finds the pages of this checkout up to date', async () => {
    await expect(runScript('--check')).resolves.toMatchObject({ stderr: '' });
  });

  test('names a stale page and the command that mends it, and exits with 1', async () => {
    await runScript(folder);
    await expect(runScript('--check', folder)).resolves.toMatchObject({ stderr: '' });
    const path = join(folder, 'languages.md');
    await appendFile(path, ' ');
    await expect(runScript('--check', folder)).rejects.toMatchObject({
      code: 1,
      stderr: `${path} is stale; mend it: npm run docs\n`,
    });
  });
});
