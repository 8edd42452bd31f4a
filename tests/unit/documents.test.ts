import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../../src/folders.ts';

const read = (path: string): string => readFileSync(join(projectFolder, path), 'utf8');
const { scripts } = JSON.parse(read('package.json'));

describe.each(['CONTRIBUTING.md', 'CHANGELOG.md', 'tests/README.md', 'deploy/README.md'])('%s', (document) => {
  const text = read(document);

  test('links to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(projectFolder, dirname(document), path)))).toEqual([]);
  });

  test('names files and folders that are there', () => {
    const paths = [...text.matchAll(/`((?:src|tests|schemas|scripts|examples|python|deploy)\/[^`<>\s…]*)`/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
  });

  test('names npm scripts that are there', () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
