import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSyntax } from '../../../src/validation/syntax.ts';
import { lines, project } from './project.ts';

const check = (path: string, content: string) => checkSyntax(project({ [path]: content }));

const folder = new URL('../../fixtures/syntax/', import.meta.url);
const valid = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name, parentPath }) => ({ name, content: readFileSync(`${parentPath}/${name}`, 'utf8') }));

type Mistake = [content: string, line: number, words: string];

const html = (body: string) => `<!DOCTYPE html>\n<html>\n<body>\n${body}\n`;

/** What models get wrong, by file name. */
const mistakes: Record<string, Mistake[]> = {
  'A.java': [
    ['class A {\n  int f() {\n    return x\n  }\n}\n', 3, 'Expected `;` after `return x`'],
    ['class A {\n  int f() {\n    return 1;\n  }\n', 4, 'Unclosed `{` opened in line 1: the file ends'],
    ['class A {\n  void f() {\n    if (x) {\n      g();\n  }\n  void h() {}\n}\n', 6, 'Unclosed `{` opened in line 3'],
    ['```java\nclass A {}\n```\n', 1, 'Markdown fence'],
    ['class A {\n  String s = "abc;\n  int x;\n}\n', 2, 'string that opens in line 2 is not closed'],
    ['class A {\n  void f() {\n    ...\n  }\n}\n', 3, 'write the whole file'],
    ['class A {\n  void f() {\n    foo(1, bar(2);\n  }\n}\n', 3, 'Expected `)` after `foo(1, bar(2)`, found `;`'],
    ['class A {}\n}\n', 2, 'The `}` of line 2 closes nothing'],
    ['import java.util.List\nclass A {}\n', 1, 'Expected `;` after `import java.util.List`'],
    ['Here is the class:\nclass A {}\n', 1, 'found `the`'],
  ],
  'a.go': [
    ['package a\n\nfunc f() int {\n\treturn 1\n', 4, 'Unclosed `{` opened in line 3'],
    ['package a\nfunc f( {\n}\n', 2, 'Expected `)` after `func f(`'],
    ['```go\npackage a\n```\n', 1, 'Markdown fence'],
    ['package a\nvar s = "abc\nvar t = 1\n', 2, 'string that opens in line 2'],
    ['package a\nfunc f() {\n\t...\n}\n', 3, 'write the whole file'],
    ['package a\nfunc f() {\n\tif x {\n\t}\n\telse {\n\t}\n}\n', 5, 'Unexpected `else`'],
    ['package a\nfunc f() { x = a ? b : c }\n', 2, 'Unexpected `?`'],
    ['package a\nfunc f() {\n\tif x {\n\t\tg()\n}\nfunc h() {}\n', 6, 'Unclosed `{` opened in line 3'],
  ],
  'a.rs': [
    ['fn f() -> i32 {\n    let x = 1\n    x\n}\n', 2, 'Expected `;` after `x = 1`'],
    ['fn f() {\n    if x {\n', 2, 'Unclosed `{` opened in line 2'],
    ['```rust\nfn f() {}\n```\n', 1, 'Markdown fence'],
    ['fn f() {\n    let s = "abc;\n}\n', 2, 'string that opens in line 2'],
    ['fn f() {\n    ...\n}\n', 2, 'write the whole file'],
    ['struct A {\n    x: i32\n    y: i32,\n}\n', 2, 'Expected `,` after `x: i32`'],
    ['fn f() {\n    match x {\n        1 => 2\n        3 => 4,\n    }\n}\n', 3, 'Expected `,` after `1 => 2`'],
    ['use std::io\nfn f() {}\n', 1, 'Expected `;` after `use std::io`'],
  ],
  'a.rb': [
    ['def f\n  1\n', 2, 'Unclosed `def` opened in line 1'],
    ['class A\n  def f\n    if x\n      1\n  end\nend\n', 6, 'Unclosed `if` opened in line 3'],
    ['x = [1, 2\ny = 3\n', 2, 'Unclosed `[` opened in line 1'],
    ['```ruby\nputs 1\n```\n', 1, 'Markdown fence'],
    ['puts "abc\nx = 1\n', 1, 'string that opens in line 1'],
    ['def f\nend\nend\n', 3, 'Unexpected `end`: it closes nothing'],
    ['[1].each do |x\n  p x\nend\n', 1, 'Expected `|`'],
  ],
  'a.php': [
    ['<?php\nfunction f() {\n    return 1\n}\n', 3, 'Expected `;` after `return 1`'],
    ['<?php\nfunction f() {\n    return 1;\n', 3, 'Unclosed `{` opened in line 2'],
    ['```php\n<?php\necho 1;\n```\n', 4, 'Markdown fence'],
    ['<?php\n$x = "abc;\n$y = 1;\n', 2, 'string that opens in line 2'],
    ['<?php\nfunction f() {\n    ...\n}\n', 3, 'write the whole file'],
    ['<?php\n$x = [1, 2;\n', 2, 'Expected `]` after `= [1, 2`'],
    ['<?php\nforeach ($a as $b {\n}\n', 2, 'Unclosed `(` opened in line 2'],
    ['<?php\n}\n', 2, 'closes nothing'],
  ],
  'a.c': [
    ['int f(void) {\n  return x\n}\n', 2, 'Expected `;` after `return x`'],
    ['int f(void) {\n  if (x) {\n    y();\n  return 1;\n}\n', 5, 'Unclosed `{` opened in line 2'],
    ['```c\nint x;\n```\n', 1, 'Markdown fence'],
    ['int f(void) {\n  printf("abc);\n}\n', 2, 'string that opens in line 2'],
    ['int f(void) {\n  ...\n}\n', 2, 'write the whole file'],
    ['int f(void) {\n  printf("x")\n  return 1;\n}\n', 2, 'Expected `;` after `printf("x")`'],
    ['/* x\nint y;\n', 1, 'comment opens here'],
    ['int f(void) {}\n}\n', 2, 'closes nothing'],
  ],
  'a.cpp': [
    ['int f() {\n  return x\n}\n', 2, 'Expected `;` after `return x`'],
    ['namespace a {\nclass B {\n', 2, 'Unclosed `{` opened in line 2'],
    ['```cpp\nint x;\n```\n', 1, 'Markdown fence'],
    ['int f() {\n  std::cout << "abc << std::endl;\n}\n', 2, 'string that opens in line 2'],
    ['void f() {\n  ...\n}\n', 2, 'write the whole file'],
    ['void f() {\n  foo(1, bar(2);\n}\n', 2, 'Expected `)` after `foo(1, bar(2)`'],
    ['void f() {\n  std::cout << 1\n  return;\n}\n', 2, 'Expected `;`'],
  ],
  'a.sh': [
    ['if [ x ]; then\n  echo 1\n', 2, 'Unclosed `if` opened in line 1: the file ends without its `fi`'],
    ['for i in a b; do\n  echo $i\n', 2, 'without its `done`'],
    ['case $1 in\n  a) echo ;;\n', 2, 'without its `esac`'],
    ['echo "abc\necho 1\n', 1, 'string that opens in line 1'],
    ['```bash\necho 1\n```\n', 3, 'Markdown fence'],
    ['echo 1\nfi\n', 2, 'Unexpected `fi`'],
    ['x=$(echo 1\necho 2\n', 2, 'The file ends where `)` is expected'],
    ['f() {\n  if x; then\n    y\n}\n', 4, 'Unclosed `if` opened in line 2'],
  ],
  'a.html': [
    [html('<div>\n<p>x'), 4, '`<div>` is not closed'],
    [html('<div><span>x</div>'), 4, '`<span>` is not closed'],
    [html('<div></div></div>'), 4, '`</div>` closes nothing'],
    [html('<script>let a'), 4, '`<script>` is not closed'],
    [html('<!-- x'), 4, 'A comment opens here'],
    [html('<div class="a'), 4, 'The file ends inside of the tag'],
    ['```html\n<p>x</p>\n```\n', 1, 'Markdown fence'],
  ],
  'a.css': [
    ['a { color: red', 1, 'Unclosed block'],
    ['a { color red; }', 1, 'found `color`'],
    ['a { b: c\n d: e }', 1, 'Missed semicolon'],
    ['```css\na {}\n```', 3, 'Markdown fence'],
    ['a {}\n}', 2, 'Unexpected }'],
    ['a { b: "c; }\n', 1, 'Unclosed string'],
    ['/* x', 1, 'Unclosed comment'],
    ['Here is it:\na {}', 1, 'is no selector'],
    ['// x\na {}', 1, 'no line comments'],
  ],
  'a.xml': [
    ['<a>\n<b>\n</a>', 3, 'Unclosed `<b>` opened in line 2'],
    ['<a>\n  <b>x', 2, 'Unclosed `<b>` opened in line 2'],
    ['<a b=1/>', 1, 'Unquoted attribute value'],
    ['<a>\n  <b>1 & 2</b>\n</a>', 2, 'Write `&amp;`'],
    ['<a/>\n<b/>', 2, 'only one root'],
    ['```xml\n<a/>\n```', 1, 'Markdown fence'],
    ['\n<?xml version="1.0"?><a/>', 2, 'start of the document'],
  ],
};

const cases = Object.entries(mistakes).flatMap(([path, list]) => list.map((mistake) => [path, ...mistake] as const));

describe('checkSyntax by a grammar', () => {
  it.each(valid)('takes $name, valid code as the language is today: $content', async ({ name, content }) => {
    expect(await check(`src/${name}`, content)).toEqual([]);
  });

  it.each(cases)('finds in %s: %j', async (path, content, line, words) => {
    const [first] = await check(path, content);
    expect(first).toMatchObject({ severity: 'error', stage: 'syntactic', code: 'syntax-error', file: path, line });
    expect(first?.message).toContain(words);
    expect(first?.excerpt).toBe(content.split('\n')[line - 1]?.trimEnd());
  });

  it.each([
    ['a.c', 'Here is the code:\nint x;\n', 'what may be a macro that the grammar does not know'],
    ['a.html', '<div>\n', 'a part of a page, which another part may close'],
  ])('only warns in %s %j: %s', async (path, content) => {
    expect(lines(await check(path, content))).toEqual([`warning syntax-error ${path}:1`]);
  });

  it.each([
    ['a.html', '{% if a < b %}<div>{% else %}<div class="b">{% endif %}</div></div>'],
    ['a.zsh', 'for x (a b) { echo $x }\n'],
    ['a.css', '.a { color: {{ color }}; {% if b %} }'],
    ['app.config', 'key = value\n'],
    ['a.h', 'namespace a { class B { public: template <class T> void f(T&& t); }; }\n'],
    ['a.md', '```\n[x](y\n'],
  ])('leaves alone what is another language, or will be one once it is filled in: %s', async (path, content) => {
    expect(await check(path, content)).toEqual([]);
  });

  it('places an error behind characters of two units', async () => {
    const [found] = await check('A.java', 'class A { String s = "😀 é"; int x = = 1; }\n');
    expect(found).toMatchObject({ line: 1, column: 38 });
  });

  it.each(['A.java', 'a.go', 'a.rs', 'a.rb', 'a.php', 'a.c', 'a.cpp', 'a.sh', 'a.html', 'a.css'])(
    'survives a %s written to overflow its parser, and reads the next file',
    async (path) => {
      for (const part of ['(', '[', '{', 'a(', 'a<', '<a>', '!']) await check(path, part.repeat(50_000));
      const [content, line] = mistakes[path]?.[0] ?? ['', 0];
      expect(lines(await check(path, content))).toContain(`error syntax-error ${path}:${line}`);
    },
    120_000,
  );

  it('costs under 100 ms for an ordinary answer once it is warm', async () => {
    const body = Array.from({ length: 40 }, (_, index) => `  static int f${index}(int x) { return x + ${index}; }\n`);
    const files = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`src/C${index}.java`, `class C${index} {\n${body.join('')}}\n`]),
    );
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
