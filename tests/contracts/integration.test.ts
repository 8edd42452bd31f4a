import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { runTests } from '../../src/activities/run-tests.ts';
import { languageOf } from '../../src/languages/index.ts';
import { createSandbox } from '../../src/sandboxes/index.ts';
import type { SandboxProvider } from '../../src/sandboxes/sandbox.ts';
import type { ProjectFile } from '../../src/schemas/artifact.ts';
import { Draft } from '../../src/schemas/draft.ts';
import { type Finding, isError } from '../../src/schemas/finding.ts';
import type { CheckedDraft } from '../../src/schemas/stages.ts';
import { getDocument, putDocument, putText } from '../../src/store/store.ts';
import { checkIntegration } from '../../src/validation/integration/check-integration.ts';
import { checkers } from '../../src/validation/integration/index.ts';
import { memoryStore } from '../support/memory-store.ts';

const local = createSandbox('local', {});
const never = new AbortController().signal;
/** The first Go project of a machine builds its checker. */
const patienceMs = 300_000;

const project = (contents: Record<string, string>): ProjectFile[] =>
  Object.entries(contents).map(([path, content]) => ({
    path,
    content,
    type: /test/i.test(path) ? 'test' : 'source_code',
    language: languageOf(path)?.name ?? null,
  }));

const check = (contents: Record<string, string>, options: { sandbox?: SandboxProvider; timeoutMs?: number } = {}) =>
  checkIntegration({
    files: project(contents),
    sandbox: local,
    label: 'integration',
    signal: never,
    timeoutMs: 120_000,
    ...options,
  });

/** Per checker: a project that is right, the same with one mistake, and one that needs what is not installed. */
const languages = [
  {
    checker: 'ty',
    right: {
      'shop/cart.py':
        'class Cart:\n    def __init__(self) -> None:\n        self.items: list[str] = []\n\n    def add(self, item: str, count: int = 1) -> None:\n        self.items += [item] * count\n',
      'main.py': "from shop.cart import Cart\n\ncart = Cart()\ncart.add('tea', 2)\nprint(cart.items)\n",
    },
    mistake: { 'main.py': "from shop.cart import Cart\n\ncart = Cart()\ncart.add('tea', 2, 3)\n" },
    at: { file: 'main.py', line: 4, code: 'type-error', excerpt: "cart.add('tea', 2, 3)" },
    needsMore: {
      'app.py':
        "import requests\nfrom fastapi import FastAPI\nfrom pydantic import BaseModel\n\napp = FastAPI()\n\nclass Item(BaseModel):\n    name: str\n\n@app.get('/')\ndef root(name: str) -> Item:\n    return Item(name=requests.get(name).text)\n",
    },
  },
  {
    checker: 'tsc',
    right: {
      'src/cart.ts':
        "import { readFileSync } from 'node:fs';\nexport class Cart {\n  items: string[] = [];\n  add(item: string, count = 1): void {\n    for (let i = 0; i < count; i++) this.items.push(item);\n  }\n}\nexport const load = (path: string): string => readFileSync(path, 'utf8');\n",
      'src/main.ts': "import { Cart } from './cart.ts';\n\nconst cart = new Cart();\ncart.add('tea', 2);\n",
    },
    mistake: { 'src/main.ts': "import { Cart } from './cart.ts';\n\nconst cart = new Cart();\ncart.remove('tea');\n" },
    at: { file: 'src/main.ts', line: 4, code: 'type-error', excerpt: "cart.remove('tea');" },
    needsMore: {
      'src/app.ts':
        "import express, { type Request } from 'express';\nimport { z } from 'zod';\nconst app = express();\nconst Item = z.object({ name: z.string() });\ntype Item = z.infer<typeof Item>;\napp.get('/', (request: Request, response) => { const item: Item = Item.parse(request.query); response.json(item.name); });\n",
      'tsconfig.json':
        '{ "extends": "@tsconfig/node24/tsconfig.json", "compilerOptions": { "types": ["vitest/globals"] } }',
    },
  },
  {
    checker: 'bash -n',
    right: {
      'run.sh': '#!/bin/bash\nif [[ -n "$1" ]]; then\n  echo "$1"\nfi\n',
      'other.sh': '#!/usr/bin/env zsh\nfor x (a b) print $x\n',
    },
    mistake: { 'run.sh': '#!/bin/bash\nfor x in a b; do\n  echo "$x"\nfi\n' },
    at: { file: 'run.sh', line: 4, code: 'build-error', excerpt: 'fi' },
    needsMore: { 'run.sh': 'source ./not-there.sh\nnot-installed --now\n' },
  },
  {
    checker: 'php -l',
    right: { 'index.php': '<?php\nfunction add(int $a, int $b): int { return $a + $b; }\n' },
    mistake: { 'index.php': '<?php\nfunction add() { return 1; }\nfunction add() { return 2; }\n' },
    at: { file: 'index.php', line: 3, code: 'build-error' },
    needsMore: {
      'index.php': "<?php\nrequire 'vendor/autoload.php';\nuse Monolog\\Logger;\n$logger = new Logger('a');\n",
    },
  },
  {
    checker: 'ruby -c',
    right: { 'cart.rb': 'class Cart\n  def add(item) = items << item\nend\n' },
    mistake: { 'cart.rb': 'class Cart\n  def add(item)\n    items << item\n' },
    at: { file: 'cart.rb', code: 'build-error' },
    needsMore: { 'cart.rb': "require 'rails'\nRails.application.routes.draw { root 'home#index' }\n" },
  },
  {
    checker: 'gcc -fsyntax-only',
    right: {
      'include/shop/cart.h': 'int total(int count, int price);\n',
      'src/main.c':
        '#include <stdio.h>\n#include "shop/cart.h"\nint main(void) {\n  printf("%d\\n", total(2, 3));\n  return 0;\n}\n',
    },
    mistake: { 'src/main.c': '#include "shop/cart.h"\nint main(void) {\n  return total(2);\n}\n' },
    at: { file: 'src/main.c', line: 3, code: 'build-error', excerpt: '  return total(2);' },
    needsMore: { 'src/main.c': '#include <not_there/not_there.h>\nint main(void) { return nothing(); }\n' },
  },
  {
    checker: 'g++ -fsyntax-only',
    right: {
      'src/cart.hpp': '#pragma once\n#include <string>\nstruct Cart { void add(const std::string &item); };\n',
      'src/main.cpp': '#include "cart.hpp"\nint main() {\n  Cart cart;\n  cart.add("tea");\n}\n',
    },
    mistake: { 'src/main.cpp': '#include "cart.hpp"\nint main() {\n  Cart cart;\n  cart.remove("tea");\n}\n' },
    at: { file: 'src/main.cpp', line: 4, code: 'build-error', excerpt: '  cart.remove("tea");' },
    needsMore: { 'src/main.cpp': '#include <not_there/not_there.hpp>\nint main() { not_there::run(); }\n' },
  },
  {
    checker: 'go',
    right: {
      'go.mod': 'module example.com/shop\n\ngo 1.21\n',
      'main.go':
        'package main\n\nimport (\n\t"fmt"\n\n\t"example.com/shop/cart"\n)\n\nfunc main() {\n\tfmt.Println(cart.Total(2, 3))\n}\n',
      'cart/cart.go': 'package cart\n\nfunc Total(count, price int) int { return count * price }\n',
      'cart/cart_test.go':
        'package cart_test\n\nimport (\n\t"testing"\n\n\t"example.com/shop/cart"\n)\n\nfunc TestTotal(t *testing.T) {\n\tif cart.Total(2, 3) != 6 {\n\t\tt.Fatal("wrong")\n\t}\n}\n',
    },
    mistake: {
      'main.go': 'package main\n\nimport "example.com/shop/cart"\n\nfunc main() {\n\tprintln(cart.Total(2))\n}\n',
    },
    at: { file: 'main.go', line: 6, code: 'build-error', excerpt: '\tprintln(cart.Total(2))' },
    needsMore: {
      'api/go.mod': 'module example.com/api\n\ngo 1.21\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
      'api/main.go':
        'package main\n\nimport "github.com/gin-gonic/gin"\n\nfunc main() {\n\tr := gin.Default()\n\tr.GET("/", func(c *gin.Context) { c.JSON(200, gin.H{"a": 1}) })\n\tr.Run()\n}\n',
    },
  },
  {
    checker: 'javac',
    right: {
      'src/shop/Cart.java':
        'package shop;\n\npublic class Cart {\n  public static int total(int count, int price) { return count * price; }\n}\n',
      'src/shop/Main.java':
        'package shop;\n\npublic class Main {\n  public static void main(String[] args) {\n    System.out.println(Cart.total(2, 3));\n  }\n}\n',
      'src/test/CartTest.java': 'import org.junit.jupiter.api.Test;\n\nclass CartTest {\n  @Test void totals() {}\n}\n',
    },
    mistake: {
      'src/shop/Main.java':
        'package shop;\n\npublic class Main {\n  public static void main(String[] args) {\n    String total = Cart.total(2, 3);\n  }\n}\n',
    },
    at: { file: 'src/shop/Main.java', line: 5, code: 'build-error', excerpt: '    String total = Cart.total(2, 3);' },
    needsMore: {
      'src/App.java': 'import com.google.gson.Gson;\n\npublic class App {\n  String json = new Gson().toJson(1);\n}\n',
    },
  },
  {
    checker: 'rustc',
    right: {
      'main.rs':
        'fn total(count: i32, price: i32) -> i32 {\n    count * price\n}\n\nfn main() {\n    println!("{}", total(2, 3));\n}\n',
    },
    mistake: {
      'main.rs':
        'fn total(count: i32, price: i32) -> i32 {\n    count * price\n}\n\nfn main() {\n    println!("{}", total(2));\n}\n',
    },
    at: { file: 'main.rs', line: 6, code: 'build-error' },
    needsMore: { 'main.rs': 'use serde::Serialize;\n\n#[derive(Serialize)]\nstruct A;\n\nfn main() {}\n' },
  },
  {
    checker: 'cargo check',
    right: {
      'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/main.rs': 'fn main() {\n    println!("a");\n}\n',
    },
    mistake: { 'src/main.rs': 'fn main() {\n    let total: i32 = "a";\n}\n' },
    at: { file: 'src/main.rs', line: 2, code: 'build-error' },
    needsMore: {
      'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nserde = "1"\n',
      'src/main.rs': 'use serde::Serialize;\n\nfn main() {}\n',
    },
  },
];

const codes = (found: readonly Finding[]) => found.map(({ code }) => code);

it('has a project of each kind for each checker', () => {
  expect(languages.map(({ checker }) => checker).toSorted()).toEqual(checkers.map(({ name }) => name).toSorted());
});

describe.each(languages)('$checker', { timeout: patienceMs }, ({ checker, right, mistake, at, needsMore }) => {
  /** Where the program is not there, that is what is said, and nothing else. */
  const isMissing = (found: readonly Finding[]): boolean => {
    const missing = found.some(({ code }) => code === 'toolchain-missing');
    if (missing) expect(found).toMatchObject([{ severity: 'warning', message: expect.stringContaining(checker) }]);
    return missing;
  };

  it('finds nothing in a project that is right, or says that it is not installed', async () => {
    const found = await check(right);
    if (!isMissing(found)) expect(found).toEqual([]);
  });

  it('finds a mistake at its line', async () => {
    const found = await check({ ...right, ...mistake } as Record<string, string>);
    if (!isMissing(found)) expect(found.filter(isError)).toMatchObject([{ stage: 'integration', ...at }]);
  });

  it('takes nothing that is not installed for an error', async () => {
    const found = await check(needsMore as Record<string, string>);
    if (!isMissing(found)) expect(found.filter(isError)).toEqual([]);
  });
});

describe('checkIntegration', () => {
  it('opens no sandbox for a project that no checker reads', async () => {
    const closed: SandboxProvider = { ...local, open: () => Promise.reject(new Error('opened')) };
    expect(
      await check({ 'README.md': '# Shop\n', 'test_cart.py': 'def test_cart(): pass\n' }, { sandbox: closed }),
    ).toEqual([]);
  });

  it('tells three findings of a file and ten in all, errors first', async () => {
    const wrong = `def f(a: int) -> None: ...\n${'f()\n'.repeat(5)}`;
    const found = await check(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}.py`, wrong])));
    expect(found).toHaveLength(10);
    expect(found.filter(({ file }) => file === 'a.py')).toHaveLength(3);
  });

  it('says that a checker did not end in time, as a warning', async () => {
    const found = await check({ 'Main.java': 'public class Main {}\n' }, { timeoutMs: 1 });
    expect(found).toMatchObject([
      { severity: 'warning', code: 'check-stopped', message: expect.stringContaining('time') },
    ]);
  });

  it('leaves what a test calls wrongly on purpose to the test', async () => {
    const source = 'def half(value: int) -> float:\n    return value / 2\n';
    const test =
      "import pytest\nfrom half import half\n\ndef test_refuses_text():\n    with pytest.raises(TypeError):\n        half('a')\n";
    expect(await check({ 'half.py': source, 'test_half.py': test })).toEqual([]);
  });

  it('blames no type that is built upon a package which is not installed', async () => {
    const source = `import { Base, type Options } from 'not-installed';
export interface Mine extends Options { size: number }
export class Shop extends Base {}
export const name = (mine: Mine): string => mine.name;
new Shop('tea', 2).open();
`;
    expect(await check({ 'src/shop.ts': source })).toEqual([]);
  });

  it('warns of an attribute that something may set by its name', async () => {
    const found = await check({ 'a.py': "class A: ...\n\na = A()\nsetattr(a, 'size', 1)\nprint(a.size)\n" });
    expect(found).toMatchObject([{ severity: 'warning', line: 5 }]);
    expect(codes(found)).toEqual(['type-error']);
  });
});

describe('runTests', () => {
  const passing = 'def test_passes():\n    assert True\n';

  async function draftAfterTests(contents: Record<string, string>) {
    const store = memoryStore();
    const files = await Promise.all(
      project(contents).map(async (file) => ({
        ...file,
        content: await putText(store, file.content),
        truncated: false,
      })),
    );
    const before = { round: 1, files, findings: [], tests: null, testsUnavailable: null, promptVersion: '1' };
    const draft = await putDocument(store, before);
    const environment = new MockActivityEnvironment({
      scheduledTimestampMs: Date.now(),
      scheduleToCloseTimeoutMs: 60_000,
    });
    const bench = { sandbox: local, store, testTimeoutMs: 30_000 };
    const checked: CheckedDraft = await environment.run(() =>
      runTests({ plan: draft, round: 1, draft }, 'integration', bench),
    );
    return { checked, after: await getDocument(store, checked.draft, Draft) };
  }

  it('runs no test where a checker finds an error, which counts as one of the validation', async () => {
    const { checked, after } = await draftAfterTests({ 'a.py': 'len(1, 2)\n', 'test_a.py': passing });
    expect(checked).toMatchObject({ passed: false, errors: 1, testsFailed: 0, testsUnavailable: false });
    expect(after).toMatchObject({ tests: null, findings: [{ stage: 'integration', file: 'a.py', line: 1 }] });
  });

  it('runs the tests where a checker only warns', async () => {
    const doubtful = "class A: ...\n\na = A()\nsetattr(a, 'size', 1)\nprint(a.size)\n";
    const { checked, after } = await draftAfterTests({ 'a.py': doubtful, 'test_a.py': passing });
    expect(checked).toMatchObject({ passed: true, errors: 0, summary: '1 of 1 tests passed' });
    expect(after).toMatchObject({ tests: { passed: true }, findings: [{ severity: 'warning' }] });
  });
});
