import { describe, expect, it } from 'vitest';
import { checkSemantics } from '../../../src/validation/semantics.ts';
import { lines, project } from './project.ts';

const find = (files: Record<string, string>, dependencies?: string[]) =>
  checkSemantics(project(files, dependencies && { dependencies }));
const check = async (...input: Parameters<typeof find>) => lines(await find(...input));

const calculator = {
  'calculator/__init__.py': 'from .core import *\n',
  'calculator/core.py':
    '"""import this_is_text"""\nfrom math import pi\n\nRATE: float = 1.5\n\n\ndef add(a, b):\n    return a + b\n\n\nclass Memory:\n    def clear(self):\n        local = 1\n        return local\n',
};

describe('Python names', () => {
  it('finds a name that nothing defines, and who could', async () => {
    const [first, second] = await find({
      ...calculator,
      'main.py': 'def run():\n    return add(1, 2)\n\n\nprint(os.getcwd())\n',
    });
    expect(first).toMatchObject({
      code: 'undefined-name',
      stage: 'semantic',
      severity: 'error',
      file: 'main.py',
      line: 5,
      column: 7,
    });
    expect(first?.message).toContain('`import os` is missing');
    expect(second).toMatchObject({ line: 2, excerpt: '    return add(1, 2)' });
    expect(second?.message).toContain('calculator/core.py defines it');
  });

  it.each([
    ['a name in an annotation that is text', 'def f(a: "Later") -> "Array[batch, height]":\n    return a\n'],
    ['a name that may be made as the code runs', 'globals().update(a=1)\nprint(a)\n'],
    ['a name that gettext puts there', 'print(_("Hello"))\n'],
    ['a name behind a star', 'from tkinter import *\nroot = Tk()\n'],
    ['a name that a missing one is caught for', 'try:\n    unicode\nexcept NameError:\n    unicode = str\n'],
    ['a name that one way through the code deletes', 'def f(a):\n    b = 1\n    if a:\n        del b\n    return b\n'],
    [
      'a name that a loop sets before it comes round',
      'def f(a):\n    for i in a:\n        if i:\n            print(last)\n        last = i\n',
    ],
    ['builtins', 'print(__file__, __name__, WindowsError, exit)\n'],
  ])('leaves alone %s', async (_, content) => {
    expect(await check({ 'a.py': content })).toEqual([]);
  });

  it('finds a name of __all__ that is not there, and one read before it is set', async () => {
    expect(await check({ 'a.py': '__all__ = ["gone"]\n' })).toEqual(['warning undefined-name a.py:1']);
    expect(await check({ 'a.py': 'n = 1\n\n\ndef f():\n    print(n)\n    n = 2\n' })).toEqual([
      'error undefined-name a.py:5',
    ]);
  });
});

describe('Python packages', () => {
  it('count the modules next to __init__.py among their names', async () => {
    expect(
      await check({ 'shop/__init__.py': '__all__ = ["cart", "gone"]\nprint(__path__)\n', 'shop/cart.py': 'a = 1\n' }),
    ).toEqual(['warning undefined-name shop/__init__.py:1']);
  });

  it('may lie in a hidden folder', async () => {
    expect(
      await check({ '.tools/a/__init__.py': 'from . import b\nfrom .b import c\n', '.tools/a/b.py': 'c = 1\n' }),
    ).toEqual([]);
  });
});

describe('Python imports', () => {
  it.each([
    'from calculator.core import add, Memory, RATE, pi',
    'from calculator import add, core',
    'import calculator.core as c',
    'import os, sys, xml.etree.ElementTree',
    'from __future__ import annotations',
    'import pytest',
    'try:\n    import ujson\nexcept ImportError:\n    ujson = None',
    'try: from calculator.fast import add\nexcept ImportError: pass',
    'from calculator import __version__',
    'from calculator._speedups import add',
    'from calculator import service_pb2',
    'TEXT = """\nimport nowhere\nfrom calculator.nothing import x\n"""',
    '# import nowhere',
    'x = "from calculator.nothing import y"',
    'def f():\n    yield from (1, 2)',
    'raise ValueError from None',
  ])('takes %j', async (content) => {
    expect(await check({ ...calculator, 'main.py': `${content}\n` })).toEqual([]);
  });

  it.each([
    ['from calculator.history import History', 'unresolved-import', '`calculator.history`'],
    ['import calculator.core.deep', 'unresolved-import', '`calculator.core.deep`'],
    ['from calculator.core import subtract', 'missing-name', 'does not define `subtract`'],
    ['from calculator.core import clear', 'missing-name', '`clear`'],
    ['from calculator.core import local', 'missing-name', '`local`'],
    ['from calculator import multiply', 'missing-name', '`multiply`'],
    ['from calculator.core import (\n    add,  # fine\n    gone as here,\n)', 'missing-name', '`gone`'],
    ['def f():\n    from calculator.core import subtract', 'missing-name', '`subtract`'],
    ['import os; import calculator.gone', 'unresolved-import', '`calculator.gone`'],
  ])('refuses %j', async (content, code, words) => {
    const found = await find({ ...calculator, 'main.py': `${content}\n` });
    expect(found).toMatchObject([{ severity: 'error', stage: 'semantic', code, file: 'main.py' }]);
    expect(found[0]?.message).toContain(words);
  });

  it('says who defines a name that was looked for elsewhere', async () => {
    const [found] = await find({
      'shop/__init__.py': '',
      'shop/cart.py': 'class Cart: ...\n',
      'main.py': 'from shop import Cart\n',
    });
    expect(found?.message).toContain('shop/cart.py does');
  });

  it('follows relative imports from where they stand', async () => {
    const files = {
      'a/__init__.py': 'from . import b\nfrom .b import c\n',
      'a/b.py': 'c = 1\n',
      'a/d/__init__.py': 'from ..b import c\nfrom .. import b\n',
    };
    expect(await check(files)).toEqual([]);
    expect(
      await check({
        ...files,
        'a/e.py': 'from .gone import c\nfrom . import lost\nfrom .b import d\nfrom .d.b import c\n',
      }),
    ).toEqual([
      'error unresolved-import a/e.py:1',
      'error missing-name a/e.py:2',
      'error missing-name a/e.py:3',
      'error unresolved-import a/e.py:4',
    ]);
  });

  it.each(['src', 'backend', 'packages/shop/lib'])('finds modules whose folder %s is on the path', async (root) => {
    const files = { [`${root}/cart.py`]: 'class Cart: ...\n', 'tests/test_cart.py': 'from cart import Cart\n' };
    expect(await check(files)).toEqual([]);
    expect(await check({ ...files, 'tests/test_gone.py': 'from cart import Gone\n' })).toEqual([
      'error missing-name tests/test_gone.py:1',
    ]);
  });

  it('finds packages without __init__.py, and only modules in them', async () => {
    const files = { 'shop/cart.py': 'class Cart: ...\n' };
    expect(await check({ ...files, 'main.py': 'from shop import cart\nfrom shop.cart import Cart\n' })).toEqual([]);
    expect(await check({ ...files, 'main.py': 'from shop import Cart\n' })).toEqual(['error missing-name main.py:1']);
  });

  it('follows stars, in circles too, and gives up where one leads out of the project', async () => {
    const circle = { 'a.py': 'from b import *\n', 'b.py': 'from a import *\nreal = 1\n' };
    expect(await check({ ...circle, 'main.py': 'from a import real\n' })).toEqual([]);
    expect(await check({ ...circle, 'main.py': 'from a import gone\n' })).toEqual(['error missing-name main.py:1']);
    expect(await check({ 'a.py': 'from numpy import *\n', 'main.py': 'from a import array\n' }, ['numpy'])).toEqual([]);
  });

  it.each([
    ['a module that answers for any name', 'def __getattr__(name):\n    return name\n'],
    ['a module that sets its names as it runs', 'globals()["gone"] = 1\n'],
    ['names under a condition', 'if True:\n    gone = 1\nelse:\n    gone = 2\n'],
    ['names that a function makes global', 'def f():\n    global gone\n    gone = 1\n'],
    ['names that loops and with bind', 'for gone in range(3): pass\n'],
    ['names that a tuple takes apart', 'first, (gone, *rest) = 1, (2, 3)\n'],
    ['names that a one-line block imports', 'try: import json as gone\nexcept ImportError: gone = None\n'],
  ])('takes %s', async (_, content) => {
    expect(await check({ 'm.py': content, 'main.py': 'from m import gone\n' })).toEqual([]);
  });

  it('takes a published package for meant where a folder only shares its name', async () => {
    const files = {
      'alembic/env.py': 'from alembic import context, op\n',
      'alembic/versions/first.py': 'from alembic import op\n',
    };
    expect(await check(files)).toEqual([]);
    expect(await check({ 'tool/__init__.py': '', 'tool/mypy.py': 'from mypy.plugin import Plugin\n' })).toEqual([]);
  });

  it('warns once of a package that nothing declares, under the name to install', async () => {
    const found = await find({
      'a.py': 'import yaml\nfrom PIL import Image\n',
      'b.py': 'import yaml\nimport requests\n',
    });
    expect(lines(found)).toEqual([
      'warning undeclared-dependency a.py:1',
      'warning undeclared-dependency a.py:2',
      'warning undeclared-dependency b.py:2',
    ]);
    expect(found.map(({ message }) => /add (\S+)/.exec(message)?.[1])).toEqual(['PyYAML', 'Pillow', 'requests']);
  });

  it.each([
    ['requirements.txt', 'PyYAML==6.0\nPillow>=10\nrequests[socks]\n'],
    ['pyproject.toml', '[project]\ndependencies = ["pyyaml", "pillow", "requests"]\n'],
    ['setup.py', 'setup(install_requires=["PyYAML", "Pillow", "requests"])\n'],
  ])('takes what %s declares', async (path, content) => {
    const findings = await check({ [path]: content, 'a.py': 'import yaml, PIL.Image, requests\n' });
    expect(findings.filter((line) => line.includes('a.py'))).toEqual([]);
  });

  it('takes what the plan declares, in whatever words', async () => {
    expect(
      await check({ 'a.py': 'import yaml, sklearn, flask, google.cloud.storage, dotenv\n' }, [
        'PyYAML (YAML files)',
        'scikit_learn',
        'Flask>=3',
        'google-cloud-storage',
        'python-dotenv',
      ]),
    ).toEqual([]);
  });

  it('checks a package whose own project file names it', async () => {
    const files = {
      'pyproject.toml': '[project]\nname = "shop"\n',
      'src/shop/__init__.py': '',
      'tests/test_a.py': 'from shop.gone import x\n',
    };
    expect(await check(files)).toEqual(['error unresolved-import tests/test_a.py:1']);
  });
});

const web = {
  'package.json': '{"name": "web", "dependencies": {"express": "^5"}, "devDependencies": {"@types/lodash": "*"}}',
  'src/store.ts':
    'export interface Item { id: number }\nexport const load = () => [];\nexport default class Store {}\nexport { load as fetchAll };\nexport * from "./types.ts";\n',
  'src/types.ts': 'export type Id = number;\nexport enum Kind { A }\n',
  'src/old.cjs': 'module.exports = { anything: 1 };\n',
  'src/ui/index.tsx': 'export const Page = () => <p>1</p>;\n',
  'src/data.json': '{"a": 1}',
};

describe('JavaScript imports', () => {
  it.each([
    'import Store, { load, fetchAll, type Item, Kind } from "./store";',
    'import { load } from "./store.js";',
    'import { load } from "./store.ts";',
    'import * as store from "./store.ts"; store.gone;',
    'import { anything, whatever } from "./old.cjs";',
    'import { Page } from "./ui";',
    'import { Page } from "./ui/index.js";',
    'import data from "./data.json" with { type: "json" };',
    'import "./store.ts?raw";',
    'import { readFile } from "node:fs/promises"; import path from "path";',
    'import express from "express"; import type { X } from "express/lib/x"; import _ from "lodash";',
    'import { test } from "vitest"; import web from "web/sub";',
    'import x from "@/store"; import y from "#internal"; import z from "virtual:pwa"; import w from "https://example.org/a.js";',
    'import { x } from "../dist/index.js"; import y from "./generated/client"; import z from "../../outside.js";',
    'let fast; try { fast = require("./fast"); } catch {}',
    'const text = `import x from "./nowhere"`; // import y from "./nowhere"',
    'await import("./later.js").catch(() => null);',
    'export { load as other } from "./store.ts"; export * as all from "./types.ts";',
  ])('takes %s', async (content) => {
    expect(await check({ ...web, 'src/main.ts': content })).toEqual([]);
  });

  it.each([
    ['import { save } from "./store.ts";', 'missing-name', 'src/store.ts does not export `save`'],
    ['import { Kind as K, Gone } from "./store.ts";', 'missing-name', '`Gone`'],
    ['import types from "./types.ts";', 'missing-name', 'src/types.ts has no default export'],
    ['import { Item } from "./ui";', 'missing-name', 'src/store.ts does'],
    ['export { gone } from "./types.ts";', 'missing-name', '`gone`'],
    ['import { x } from "./gone.js";', 'unresolved-import', '"./gone.js"'],
    ['import x from "../store";', 'unresolved-import', '"../store"'],
    ['export * from "./gone";', 'unresolved-import', '"./gone"'],
    ['const x = require("./gone");', 'unresolved-import', '"./gone"'],
  ])('refuses %s', async (content, code, words) => {
    const found = await find({ ...web, 'src/main.ts': content });
    expect(found).toMatchObject([{ severity: 'error', stage: 'semantic', code, file: 'src/main.ts', line: 1 }]);
    expect(found[0]?.message).toContain(words);
  });

  it('misses a module next to its own test', async () => {
    expect(await check({ 'src/a.test.ts': 'import { a } from "./a.ts";' })).toEqual([
      'error unresolved-import src/a.test.ts:1',
    ]);
  });

  it('follows stars, in circles too, and gives up where one leads out of the project', async () => {
    const circle = { 'a.js': 'export * from "./b.js";', 'b.js': 'export * from "./a.js"; export const real = 1;' };
    expect(await check({ ...circle, 'main.js': 'import { real } from "./a.js";' })).toEqual([]);
    expect(await check({ ...circle, 'main.js': 'import { gone } from "./a.js";' })).toEqual([
      'error missing-name main.js:1',
    ]);
    const out = { 'package.json': '{"dependencies": {"react": "*"}}', 'a.js': 'export * from "react";' };
    expect(await check({ ...out, 'main.js': 'import { useState } from "./a.js";' })).toEqual([]);
  });

  it('does not tell the names of JavaScript that has declarations', async () => {
    expect(
      await check({
        'a.js': 'export const a = 1;',
        'a.d.ts': 'export type B = 1;',
        'main.ts': 'import type { B } from "./a.js";',
      }),
    ).toEqual([]);
  });

  it('only warns of a missing picture or style sheet', async () => {
    expect(await check({ 'a.js': 'import "./a.css";\nimport logo from "./logo.svg";\n' })).toEqual([
      'warning unresolved-import a.js:1',
      'warning unresolved-import a.js:2',
    ]);
  });

  it('warns once of a package that nothing declares', async () => {
    const files = {
      ...web,
      'src/a.ts': 'import React from "react";',
      'src/b.ts': 'import React from "react/jsx-runtime"; import { z } from "@scope/zod/deep";',
    };
    expect(await check(files)).toEqual([
      'warning undeclared-dependency src/a.ts:1',
      'warning undeclared-dependency src/b.ts:1',
    ]);
    expect(await check(files, ['react ^19', '@scope/zod'])).toEqual([]);
  });

  it.each([
    [
      'a short name that tsconfig.json explains',
      { 'tsconfig.json': '{"compilerOptions": {"paths": {"app/*": ["./src/*"]}}}' },
      'app/store',
    ],
    ['a folder taken for a root', {}, 'src/store'],
  ])('takes %s', async (_, more, specifier) => {
    expect(await check({ ...web, ...more, 'src/main.ts': `import { load } from "${specifier}";` })).toEqual([]);
  });
});
