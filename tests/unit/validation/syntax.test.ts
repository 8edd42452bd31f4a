import { describe, expect, it } from 'vitest';
import { checkSyntax } from '../../../src/validation/syntax.ts';
import { lines, project } from './project.ts';

const check = (path: string, content: string) => checkSyntax(project({ [path]: content }));

/** Path, content, place, and what the words must hold for a model to act on. */
const wrong: [path: string, content: string, line: number, column: number, words: string][] = [
  ['a.py', 'def add(a, b)\n    return a + b\n', 1, 14, 'Expected `:`'],
  ['a.py', 'def add(a, b):\nreturn a\n', 2, 1, 'indented block after function definition'],
  ['a.py', "print 'hello'\n", 1, 7, 'In Python 3, print and exec are functions'],
  ['a.py', 'x = [\n  1,\n  2\n\ny = 3\n', 5, 1, 'The `[` of line 1 is not closed'],
  ['a.py', 'x = (1,\n', 1, 8, 'The `(` of line 1 is not closed'],
  ['a.py', 'x = 1\nreturn x\n', 2, 1, '`return` statement outside'],
  ['a.py', 'for x in y:\n    pass\nbreak\n', 3, 1, '`break` outside loop'],
  ['a.py', 'def f():\n    await g()\n', 2, 5, '`await`'],
  ['a.py', 'é = "ü"; x = = 1\n', 1, 14, 'Expected an expression'],
  ['a.py', '```python\nx = 1\n```\n', 1, 1, 'Markdown fence'],
  ['a.py', 'x = “text”\n', 1, 5, 'Typographic quotes'],
  ['a.py', '<<<<<<< SEARCH\nx = 1\n=======\n', 1, 1, 'edit marker'],
  ['a.js', 'function f( {\n', 1, 14, 'Expected `}`'],
  ['a.js', 'if (a) {\n  b();\n', 2, 7, 'Opened here: line 1'],
  ['a.mjs', 'const a = 1;\nconst a = 2;\n', 1, 7, 'already been declared'],
  ['a.ts', 'const x: number = ;\n', 1, 19, 'Unexpected token'],
  ['a.tsx', 'const a = <div><p></div>;\n', 1, 21, "closing tag for 'p'"],
  ['a.ts', '... rest of the code\n', 1, 1, 'write the whole file'],
  ['a.json', '{"a": 1,}', 1, 9, 'nothing after it'],
  ['a.json', "{'a': 1}", 1, 2, 'double quotes'],
  ['a.json', '{\n  "a": True\n}', 2, 8, "not Python's True"],
  ['a.json', '{"a": 1 "b": 2}', 1, 9, 'Expected , or }'],
  ['a.json', '// note\n{}', 1, 1, 'no comments'],
  ['a.json', '{"a": [1, 2}', 1, 12, 'Expected , or ]'],
  ['a.json', '{"a": "x\ny"}', 1, 7, 'not closed'],
  ['a.json', '{"a":', 1, 6, 'ends where a value should be'],
  ['a.json', '{} {}', 1, 4, 'Expected the end of the file'],
  ['tsconfig.json', '{"a": [1 2]}', 1, 10, 'Expected , or ]'],
  ['a.yaml', 'a: b: c\n', 1, 4, 'Nested mappings'],
  ['a.yml', 'a:\n\t- b\n', 2, 1, 'Tabs are not allowed'],
  ['a.toml', 'a = \n', 1, 5, 'invalid value'],
  ['pyproject.toml', '[a]\nb = 1\nb = 2\n', 3, 1, 'redefine'],
];

const right: [path: string, content: string][] = [
  [
    'a.py',
    'from __future__ import annotations\n\nasync def f(a: "B", /, *, b=1) -> None:\n    match a:\n        case [x, *_]:\n            print(f"{x!r:>{b}}")\n',
  ],
  ['a.py', 'type Pair[T] = tuple[T, T]\n\nprint(f"{"nested" + f"{1}"}")\n'],
  ['a.py', ''],
  ['a.pyi', 'def f(a: int) -> str: ...\n'],
  ['a.js', 'module.exports = { a: 1 };\nif (!a) return;\n'],
  ['a.js', 'import a from "a";\nawait a();\n'],
  ['a.js', 'await 1;\n'],
  ['App.js', 'export const App = () => <div>{a}</div>;\n'],
  ['a.cjs', 'var a = 1; var a = 2; with (a) {}\n'],
  ['a.ts', 'abstract class A { constructor(private readonly b: string) {} }\nenum B { C }\nexport = A;\n'],
  [
    'a.ts',
    'function f(a: string): void;\nfunction f(a: number): void;\nfunction f(a: unknown) {}\ninterface A {}\nclass A {}\n',
  ],
  ['a.d.ts', 'declare const a: string;\n'],
  ['a.tsx', 'const f = <T,>(a: T) => <p>{String(a)}</p>;\n'],
  ['a.json', '{"a": [1, -2.5e3, "\\u00e9", null, true]}'],
  ['tsconfig.json', '// note\n{"a": [1,], /* more\nnote */ "b": {},}\n'],
  ['a.jsonc', '{"a": 1} // note'],
  ['.prettierrc', 'semi: false\n'],
  ['a.json5', "{a: 'b'}"],
  ['a.yaml', 'a: &x\n  b: 1\nc:\n  <<: *x\n---\nd: !custom e\n'],
  ['a.toml', 'a = 1979-05-27\n[[b]]\nc = { d = 1 }\n'],
  ['chart/templates/a.yaml', '{{- if .Values.a }}\na: {{ .Values.b }}\n{{- end }}\n'],
  ['{{cookiecutter.name}}/a.py', 'import {{ cookiecutter.name }}\n'],
  ['tests/fixtures/invalid.json', '{"a": '],
  ['a.kt', 'this is no Kotlin, and nobody here can tell\n'],
];

describe('checkSyntax', () => {
  it.each(wrong)('finds in %s: %j', async (path, content, line, column, words) => {
    const [first] = await check(path, content);
    expect(first).toMatchObject({
      severity: 'error',
      stage: 'syntactic',
      code: 'syntax-error',
      file: path,
      line,
      column,
    });
    expect(first?.message).toContain(words);
    expect(first?.excerpt).toBe(content.split('\n')[line - 1]?.trimEnd());
  });

  it.each(right)('takes %s: %j', async (path, content) => {
    expect(await check(path, content)).toEqual([]);
  });

  it('tells the first few problems of a file, one a line', async () => {
    const content = Array.from({ length: 9 }, (_, index) => `x${index} = = 1`).join('\n');
    expect(lines(await check('a.py', content))).toEqual([
      'error syntax-error a.py:1',
      'error syntax-error a.py:2',
      'error syntax-error a.py:3',
    ]);
  });

  it('cuts a long line around its problem, and takes keys out of it', async () => {
    const secret = ['sk-', 'ant-api03-h7Kq2mZ9xW4tB8nR5vY1cL6pD3sF'].join('');
    const [found] = await check(
      'a.py',
      `k = "${secret}"; ${'a = 1; '.repeat(20)}x = = 1; ${'a = 1; '.repeat(9_000)}\n`,
    );
    expect(found?.excerpt).toContain('x = = 1');
    expect(found?.excerpt?.length).toBeLessThanOrEqual(200);
    const [short] = await check('a.py', `k = = "${secret}"\n`);
    expect(short?.excerpt).not.toContain('h7Kq2mZ9xW4tB8nR');
  });

  const deep = 50_000;
  it.each([
    ['a.py', '('.repeat(deep)],
    ['a.py', `x = ${'not '.repeat(deep)}1\n`],
    ['a.js', '('.repeat(deep)],
    ['a.ts', `let a: ${'A<'.repeat(deep)}b`],
    ['a.js', `${'!'.repeat(deep)}1`],
    ['a.yaml', '['.repeat(deep)],
  ])('survives a %s written to overflow its parser', async (path, content) => {
    expect(lines(await check(path, content))).toEqual([`error nested-too-deep ${path}`]);
    expect(await check(path, path.endsWith('yaml') ? 'a: 1\n' : 'print(1)\n')).toEqual([]);
  });

  it.each([
    ['a.json', '['.repeat(deep)],
    ['a.toml', `a = ${'['.repeat(deep)}`],
  ])('survives a deep %s', async (path, content) => {
    expect(lines(await check(path, content))).toEqual([`error syntax-error ${path}:1`]);
  });

  it('leaves a file unparsed, and says so, that would hold a worker for seconds', async () => {
    expect(lines(await check('a.py', 'x = = 1\n'.repeat(40_000)))).toEqual(['info not-parsed a.py']);
  });

  it('reads a string of many characters', async () => {
    const text = 'x'.repeat(250_000);
    expect(await check('tsconfig.json', `{"a": "${text}"}`)).toEqual([]);
    expect(lines(await check('a.json', `{"a": "${text}"`))).toEqual(['error syntax-error a.json:1']);
  });

  it('keeps apart what it is asked about many files at once', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `f${index}.js`,
        index % 2 ? 'let a;' : `${'\n'.repeat(index)}let = = 1;`,
      ]),
    );
    expect(lines(await checkSyntax(project(files)))).toEqual(
      Array.from({ length: 20 }, (_, index) => `error syntax-error f${index * 2}.js:${index * 2 + 1}`),
    );
  });

  it('costs under 100 ms for an ordinary answer once it is warm', async () => {
    const python = 'import os\n\n\ndef add(a: int, b: int) -> int:\n    """Adds."""\n    return a + b\n\n\n'.repeat(20);
    const typescript = 'export const add = (a: number, b: number): number => a + b;\n'.concat(
      'add(1, 2);\n'.repeat(60),
    );
    const files = Object.fromEntries([
      ...Array.from({ length: 6 }, (_, index) => [`src/m${index}.py`, python]),
      ...Array.from({ length: 6 }, (_, index) => [`web/m${index}.ts`, typescript]),
      ['package.json', '{"name": "a"}'],
      ['pyproject.toml', '[project]\nname = "a"\n'],
    ]);
    const milliseconds: number[] = [];
    for (let run = 0; run < 5; run++) {
      const before = process.threadCpuUsage(); // not wall time: the machine may be busy
      expect(await checkSyntax(project(files))).toEqual([]);
      const { user, system } = process.threadCpuUsage(before);
      milliseconds.push((user + system) / 1000);
    }
    expect(Math.min(...milliseconds)).toBeLessThan(100);
  });
});
