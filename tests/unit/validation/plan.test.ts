import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../src/validation/plan.ts';
import { lines, project } from './project.ts';

const code = { 'src/a.py': 'a = 1\n' };
const tested = { ...code, 'tests/test_a.py': 'def test_a(): ...\n' };

const check = async (...input: Parameters<typeof project>) => lines(await checkPlan(project(...input)));

describe('checkPlan', () => {
  it('says nothing without a plan', async () => {
    expect(await check({})).toEqual([]);
  });

  it('asks for each file of the plan', async () => {
    const structure = { 'src/a.py': 'there', 'src/b.py': 'not there', 'README.md': 'not there' };
    expect(await check(code, { structure })).toEqual(['error missing-file src/b.py', 'error missing-file README.md']);
  });

  it.each(['./src/a.py', 'src//a.py', ' src/a.py ', 'src/', './src/', 'src', 'src/.'])(
    'finds %j among the files',
    async (key) => {
      expect(await check(code, { structure: { [key]: '' } })).toEqual([]);
    },
  );

  it('warns of a folder with nothing in it', async () => {
    expect(await check(code, { structure: { 'docs/': '' } })).toEqual(['warning empty-folder -']);
  });

  it('takes a path that holds other planned paths for a folder', async () => {
    expect(await check(code, { structure: { src: 'the code', 'src/a.py': '' } })).toEqual([]);
    expect(await check(code, { structure: { lib: 'the code', 'lib/a.py': '' } })).toEqual([
      'warning empty-folder -',
      'error missing-file lib/a.py',
    ]);
  });

  it.each([
    '../a.py',
    '/etc/passwd',
    'C:\\a.py',
    '',
    'src/*.py',
    '<name>.py',
    'src/...',
    '.vscode/tasks.json',
    '.npmrc',
    'a\0b',
  ])('leaves out %j with a warning, since no answer may hold it', async (key) => {
    expect(await check(code, { structure: { [key]: '' } })).toEqual(['warning plan-path-unusable -']);
  });

  it('asks for one of two paths that cannot stand together', async () => {
    expect(await check(code, { structure: { 'src/a.py': '', 'src/A.py': '' } })).toEqual([]);
  });

  it('asks for a name as the plan spells it', async () => {
    expect(await check(code, { structure: { 'src/A.py': '' } })).toEqual(['error missing-file src/A.py']);
  });

  it.each(['assets/logo.png', 'package-lock.json', 'poetry.lock'])(
    'only warns where text cannot give %s',
    async (key) => {
      expect(await check(code, { structure: { [key]: '' } })).toEqual([`warning missing-file ${key}`]);
    },
  );

  it('only warns where the plan asks for more files than an answer may hold', async () => {
    const structure = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`src/m${index}.py`, '']));
    expect(new Set((await check(code, { structure })).map((line) => line.split(' ')[0]))).toEqual(new Set(['warning']));
  });

  it('asks for a source file', async () => {
    expect(await check({}, {})).toEqual(['error no-source-file -']);
    expect(await check({ 'README.md': '# A', 'tests/test_a.py': 'a' }, { testing: true })).toEqual([
      'error no-source-file -',
    ]);
  });

  it('asks for no code where the plan lists documents alone and has them', async () => {
    const structure = { 'README.md': '', 'docs/guide.md': '' };
    expect(await check({ 'README.md': '# A', 'docs/guide.md': '# B' }, { structure, testing: true })).toEqual([]);
  });

  it('asks for a test file exactly where tests are to run', async () => {
    expect(await check(code, { testing: true })).toEqual(['error no-test-file -']);
    expect(await check(code, { testing: false })).toEqual([]);
    expect(await check(tested, { testing: true })).toEqual([]);
  });
});
