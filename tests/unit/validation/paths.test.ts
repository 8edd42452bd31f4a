import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collisionKey, pathFinding, pathProblem, pathRules, safePath } from '../../../src/validation/paths.ts';

const refused: Record<string, string[]> = {
  'path-blank': ['', ' ', '.', './', ' \t', './ /'],
  'path-control-character': [
    'src/a\0.py',
    'a\nb.py',
    'a\u007f',
    'a\u0085',
    'src/a\u202egpj.py',
    'a\u200b.py',
    'a\u2028',
    'a\ud800',
  ],
  'path-drive': ['C:/temp/a.py', 'c:\\temp\\a.py', 'C:a.py', 'z:'],
  'path-unc': ['//server/share/a.py', '\\\\server\\share', '\\\\?\\C:\\a', '//./NUL', '\\/a/b'],
  'path-absolute': ['/etc/passwd', '/', '\\Windows\\a', '~/a.py', '~root/a.py', './~/a.py'],
  'path-parent': ['..', '../a.py', 'src/../../a.py', 'src/..', 'a/../b', '..\\a.py', 'src\\..\\..\\a'],
  'path-backslash': ['src\\a.py', 'a\\'],
  'path-folder': ['src/', 'src/.', 'src//'],
  'path-too-long': [`src/${'a'.repeat(253)}.py`, `${'é'.repeat(128)}`, `${'abcdefg/'.repeat(128)}a`],
  'path-option': ['-rf', '--config=a.py', './-a.py'],
  'path-windows-device': [
    'con',
    'src/aux.py',
    'NUL.txt',
    'prn .py',
    'com1',
    'a/LPT9.tar.gz',
    'com¹',
    'CONOUT$',
    'nul/a.py',
  ],
  'path-windows-ending': ['a.py.', 'a.py ', 'src./a.py', 'src /a.py', 'a...', '.../a.py', 'src/ ../a.py '],
  'path-windows-character': ['a.py:stream', 'src/*.py', 'a?.py', '<name>.py', 'a|b', 'a"b'],
  'path-version-control': [
    '.git/hooks/pre-commit',
    '.git',
    'sub/.GIT/config',
    'git~1/config',
    '.hg/hgrc',
    '.svn/entries',
  ],
  'path-installed': [
    'node_modules/vitest/index.js',
    'a/node_modules/b.js',
    '.venv/bin/activate',
    'venv/a.py',
    '__pycache__/a.pyc',
  ],
  'path-self-starting': [
    '.npmrc',
    'packages/a/.npmrc',
    '.yarnrc.yml',
    '.pnpmfile.cjs',
    'sitecustomize.py',
    'src/usercustomize.py',
    'sitecustomize/__init__.py',
    'a.pth',
    '.husky/pre-commit',
    '.githooks/post-checkout',
    '.vscode/tasks.json',
    '.VSCode/Settings.json',
    'app.code-workspace',
    '.idea/runConfigurations/a.xml',
    '.devcontainer/devcontainer.json',
    '.envrc',
    'sub/.envrc',
    '.claude/settings.json',
    '.mcp.json',
    '.exrc',
    '.dir-locals.el',
    '.gdbinit',
    'desktop.ini',
  ],
};

const taken = [
  'a.py',
  'src/a.py',
  'README.md',
  '.gitignore',
  '.gitattributes',
  '.github/workflows/ci.yml',
  '.env.example',
  '.vscode/extensions.json',
  'src/[id]/+page.svelte',
  'pages/[...slug].tsx',
  'docs/日本語.md',
  'Ünïcode/é.py',
  'src/console.py',
  'src/auxiliary.ts',
  'src/venv.py',
  'a b/c d.txt',
  'src/..a/b..c.py',
  'tests/__init__.py',
  'src/site.py',
  'git/client.py',
  'x@2.png',
  'C/a.py',
];

describe('pathProblem', () => {
  const cases = Object.entries(refused).flatMap(([code, paths]) => paths.map((path) => [code, path] as const));

  it.each(cases)('refuses as %s: %j', (code, path) => {
    expect(pathProblem(path)?.code).toBe(code);
    expect(safePath(path)).toBeNull();
  });

  it.each(taken)('takes %j as it stands', (path) => {
    expect(pathProblem(path)).toBeNull();
    expect(safePath(path)).toBe(path);
  });

  it('has a refused path here for every rule, and an example that the rule itself refuses', () => {
    expect(Object.keys(refused)).toEqual(pathRules.map(({ code }) => code));
    for (const { code, example } of pathRules) expect(pathProblem(example)?.code).toBe(code);
  });
});

describe('safePath', () => {
  it.each([
    ['./src/a.py', 'src/a.py'],
    ['src//a.py', 'src/a.py'],
    ['src/./a.py', 'src/a.py'],
    ['././a.py', 'a.py'],
  ])('reads %j as %j', (path, safe) => {
    expect(safePath(path)).toBe(safe);
  });

  it('gives, for any text, nothing or a path that stays inside every folder on every system', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '/',
        '\\',
        '//',
        'C:',
        '~',
        '\0',
        ' ',
        '...',
        '. .',
        'a',
        'src',
        '.git',
        'nul',
        '\\\\?\\',
        '%2e%2e',
        '‥',
        '．．',
      ),
      fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), fc.constantFrom('', '/'), (pieces, separator) => {
        const safe = safePath(pieces.join(separator));
        if (safe === null) return;
        expect(posix.join('/base/folder', safe)).toBe(`/base/folder/${safe}`);
        expect(posix.resolve('/base/folder', safe)).toBe(`/base/folder/${safe}`);
        expect(win32.resolve('D:\\base\\folder', safe)).toBe(`D:\\base\\folder\\${safe.replaceAll('/', '\\')}`);
        expect(safePath(safe)).toBe(safe);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('pathFinding', () => {
  it('names the path and the rule without passing control characters on', () => {
    const found = pathFinding('src/a\u001b[31m\0.py');
    expect(found).toMatchObject({ severity: 'error', stage: 'plan', code: 'path-control-character', file: null });
    expect(found?.message).not.toMatch(/\p{Cc}/u);
  });

  it('cuts a long path', () => {
    expect(pathFinding('a'.repeat(100_000))?.message.length).toBeLessThan(300);
  });

  it('says nothing of a safe path', () => {
    expect(pathFinding('src/a.py')).toBeNull();
  });
});

describe('collisionKey', () => {
  it.each([
    ['src/A.py', 'src/a.py'],
    ['é.py', 'e\u0301.py'],
    ['STRASSE.md', 'straße.md'],
    ['./a.py', 'a.py'],
  ])('is the same for %j and %j', (one, other) => {
    expect(collisionKey(one)).toBe(collisionKey(other));
  });

  it('differs for different names', () => {
    expect(collisionKey('a.py')).not.toBe(collisionKey('b.py'));
  });
});
