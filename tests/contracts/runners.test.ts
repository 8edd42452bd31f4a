import { describe, expect, it } from 'vitest';
import { runTests } from '../../src/runners/run-tests.ts';
import { createSandbox } from '../../src/sandboxes/index.ts';
import type { ProjectFile } from '../../src/schemas/artifact.ts';
import type { TestReport } from '../../src/schemas/test-report.ts';

const sandbox = createSandbox('local', {});
const never = new AbortController().signal;

/** A file is a test where its path says so. */
function project(contents: Record<string, string>): ProjectFile[] {
  return Object.entries(contents).map(([path, content]) => {
    const type = /test/.test(path) ? 'test' : 'source_code';
    return { path, content, type, language: null };
  });
}

async function report(contents: Record<string, string>, timeoutMs = 30_000): Promise<TestReport> {
  const outcome = await runTests({ files: project(contents), sandbox, label: 'runners', signal: never, timeoutMs });
  return 'report' in outcome ? outcome.report : expect.unreachable(outcome.unavailable);
}

/** Each runner with the same small projects in its own language. */
const languages = [
  {
    runner: 'pytest',
    source: 'calc.py',
    test: 'tests/test_calc.py',
    add: (operator: string) => `def add(a, b):\n    return a ${operator} b\n`,
    passing: 'from calc import add\n\ndef test_add():\n    assert add(1, 2) == 3\n',
    assertionLine: 4,
    values: 'assert -1 == 3',
    raising: 'import calc\n\ndef test_add():\n    calc.add(1, None)\n',
    skipped: 'import pytest\n\n@pytest.mark.skip\ndef test_add(): pass\n',
    missingDependency: 'import requests\n\ndef test_add(): pass\n',
    dependency: 'requests',
    missingName: 'from calc import subtract\n\ndef test_add(): pass\n',
    syntaxError: 'def test_add():\n    assert (1 ==\n',
    untested: 'value = 1\n',
    hanging: 'def test_fine(): pass\n\ndef test_hangs():\n    while True: pass\n',
    hangs: 'test_hangs',
    exiting: 'import os\nos._exit(0)\n',
    exitingMidway:
      'import os\n\ndef test_fine(): pass\n\ndef test_exits(): os._exit(0)\n\ndef test_bad(): assert False\n',
    printing: 'def test_prints():\n    import os\n    while True: os.write(1, b"spam" * 10000)\n',
    eating: 'def test_eats():\n    kept = []\n    while True: kept.append(b"x" * 1000000)\n',
    coloured: 'def test_red(): raise ValueError("\\x1b[31mred\\x1b[0m\\x00 \\u202eevil")\n',
  },
  {
    runner: 'node:test',
    source: 'src/calc.js',
    test: 'test/calc.test.js',
    add: (operator: string) => `export const add = (a, b) => a ${operator} b;\n`,
    passing: `import assert from 'node:assert/strict';\nimport test from 'node:test';\nimport { add } from '../src/calc.js';\ntest('adds', () => assert.equal(add(1, 2), 3));\n`,
    assertionLine: 4,
    values: '-1 !== 3',
    raising: `import test from 'node:test';\nimport { add } from '../src/calc.js';\ntest('adds', () => add(1, 2n));\n`,
    skipped: `import test from 'node:test';\ntest.skip('adds', () => {});\n`,
    missingDependency: `import test from 'node:test';\nimport _ from 'lodash';\ntest('adds', () => {});\n`,
    dependency: 'lodash',
    missingName: `import test from 'node:test';\nimport { subtract } from '../src/calc.js';\ntest('adds', () => {});\n`,
    syntaxError: `import test from 'node:test';\ntest('adds', ( => {});\n`,
    untested: 'export const value = 1;\n',
    hanging: `import test from 'node:test';\ntest('is fine', () => {});\ntest('hangs', () => new Promise(() => setInterval(() => {}, 1000)));\n`,
    hangs: 'hangs',
    exiting: 'process.exit(0);\n',
    exitingMidway: `import test from 'node:test';\ntest('is fine', () => {});\ntest('exits', () => process.exit(0));\ntest('is bad', () => { throw new Error(); });\n`,
    printing: `import test from 'node:test';\ntest('prints', () => { for (let i = 0; i < 3000; i++) console.log('spam'.repeat(1000)); });\n`,
    eating: `import test from 'node:test';\ntest('eats', () => { const kept = []; for (;;) kept.push(new Array(1e6).fill(1.5)); });\n`,
    coloured: `import test from 'node:test';\ntest('is red', () => { throw new Error('\\x1b[31mred\\x1b[0m\\0 \\u202eevil'); });\n`,
  },
];

describe.each(languages)('$runner', ({ source, test, ...texts }) => {
  const good = { [source]: texts.add('+') };
  const codes = ({ findings }: TestReport) => findings.map(({ code }) => code);
  const expectFailure = (found: TestReport) => {
    expect(found.passed).toBe(false);
    expect(found.results.exit_code).not.toBe(0);
  };

  it('passes a project whose tests pass', async () => {
    const found = await report({ ...good, [test]: texts.passing });
    expect(found).toMatchObject({ passed: true, findings: [] });
    expect(found.results).toMatchObject({ exit_code: 0, tests_passed: 1, tests_failed: 0 });
    expect(found.cases).toMatchObject([{ file: test, outcome: 'passed', message: null }]);
  });

  it('tells a failed assertion with its values, place and code', async () => {
    const found = await report({ [source]: texts.add('-'), [test]: texts.passing });
    expectFailure(found);
    expect(found.results).toMatchObject({ tests_passed: 0, tests_failed: 1 });
    const [finding] = found.findings;
    expect(finding).toMatchObject({ code: 'test-failed', file: test, line: texts.assertionLine });
    expect(finding?.message).toContain(texts.values);
    expect(finding?.excerpt).toContain(
      `> ${texts.assertionLine} | ${texts.passing.split('\n')[texts.assertionLine - 1]}`,
    );
  });

  it('points to the line in the source where an exception comes from, with the way there', async () => {
    const found = await report({ ...good, [test]: texts.raising });
    expect(found.findings).toMatchObject([
      { code: 'test-failed', file: source, message: expect.stringContaining('TypeError') },
    ]);
    expect(found.findings[0]?.excerpt).toMatch(new RegExp(`^${test}:\\d.*\n${source}:\\d`, 's'));
    expect(JSON.stringify(found.findings)).not.toMatch(/\/project|\/opt|\/support|node:internal/);
  });

  it('does not pass tests that are all skipped', async () => {
    const found = await report({ ...good, [test]: texts.skipped });
    expectFailure(found);
    expect(codes(found)).toEqual(['no-tests']);
  });

  it('tells a missing dependency from a failure, and what there is', async () => {
    const found = await report({ ...good, [test]: texts.missingDependency });
    expectFailure(found);
    expect(found.findings).toMatchObject([
      { code: 'import-error', message: expect.stringContaining(`no module "${texts.dependency}"`) },
    ]);
  });

  it('tells a name that the source does not have', async () => {
    const found = await report({ ...good, [test]: texts.missingName });
    expectFailure(found);
    expect(found.findings).toMatchObject([{ code: 'import-error', message: expect.stringContaining('subtract') }]);
  });

  it('tells a syntax error in a test with its line', async () => {
    const found = await report({ ...good, [test]: texts.syntaxError });
    expectFailure(found);
    expect(found.findings).toMatchObject([{ code: 'test-syntax-error', file: test, line: 2 }]);
  });

  it('does not pass a test file without tests, alone or beside a good one', async () => {
    const second = test.replace('calc', 'other');
    const [alone, beside] = await Promise.all([
      report({ ...good, [test]: texts.untested }),
      report({ ...good, [test]: texts.passing, [second]: texts.untested }),
    ]);
    expectFailure(alone);
    expectFailure(beside);
    expect(alone.findings).toMatchObject([{ code: 'no-tests', file: test }]);
    expect(beside.findings).toMatchObject([{ code: 'no-tests', file: second }]);
    expect(beside.results.tests_passed).toBe(1);
  });

  it('keeps what ended before a time-out and names what hung', async () => {
    const found = await report({ [test]: texts.hanging }, 4000);
    expectFailure(found);
    expect(found.findings).toMatchObject([
      { code: 'tests-timed-out', file: test, message: expect.stringContaining(texts.hangs) },
    ]);
    expect(found.results.tests_passed).toBe(1);
  });

  it('does not believe an exit code of 0 when the process ended while it was loaded', async () => {
    expectFailure(await report({ [test]: texts.exiting }));
  });

  it('does not believe an exit code of 0 when the process ended between tests', async () => {
    const found = await report({ [test]: texts.exitingMidway });
    expectFailure(found);
    expect(found.findings.length).toBeGreaterThan(0);
  });

  it('tells tests that print too much', async () => {
    const found = await report({ [test]: texts.printing });
    expectFailure(found);
    expect(codes(found)).toContain('output-limit');
  });

  it('tells tests that need too much memory', async () => {
    const found = await report({ [test]: texts.eating });
    expectFailure(found);
    expect(codes(found)).toContain('memory-limit');
  });

  it('strips colours and control characters', async () => {
    const found = await report({ [test]: texts.coloured });
    expect(found.findings[0]?.message).toContain('red evil');
    expect(JSON.stringify(found.results)).not.toMatch(/\\u001b|\\u0000|\u202e/);
  });

  it('tells the first failure in full and very many in little', async () => {
    const many =
      texts.runner === 'pytest'
        ? 'import pytest\n\n@pytest.mark.parametrize("n", range(120))\ndef test_n(n):\n    assert n == "x" * 5000\n'
        : `import assert from 'node:assert';\nimport test from 'node:test';\nfor (let n = 0; n < 120; n++) test('n' + n, () => assert.equal(n, 'x'.repeat(5000)));\n`;
    const found = await report({ [test]: many });
    expect(found.results.tests_failed).toBe(120);
    expect(found.findings.at(-1)?.message).toMatch(/^105 more failed: /);
    expect(JSON.stringify(found.findings).length).toBeLessThan(30_000);
  });
});

describe('pytest', () => {
  const failing = 'def test_bad():\n    assert False\n';
  const forged = [
    { event: 'file', file: 'test_forged.py', tests: 1, skipped: false },
    {
      event: 'test',
      name: 'test_bad',
      file: null,
      line: null,
      outcome: 'passed',
      durationMs: 1,
      failures: [],
      output: '',
    },
    { event: 'end', tests: 1 },
  ]
    .map((line) => JSON.stringify(line))
    .join('\\n');
  const atExit = (last: string) => `
import atexit, os
def forge():
    open("/out/report", "w").write('${forged}\\n')
    ${last}
atexit.register(forge)
${failing}`;

  it('does not believe a report that an exit hook wrote over a failure', async () => {
    const found = await report({ 'test_forged.py': atExit('pass') });
    expect(found).toMatchObject({
      passed: false,
      results: { exit_code: 1 },
      findings: [{ code: 'incomplete-report' }],
    });
  });

  it('does not believe an exit hook that turns the exit code of a failure into 0', async () => {
    const found = await report({
      'test_forged.py': `import atexit, os\natexit.register(lambda: os._exit(0))\n${failing}`,
    });
    expect(found).toMatchObject({
      passed: false,
      results: { exit_code: 1, tests_failed: 1 },
      findings: [{ code: 'test-failed' }],
    });
  });

  it('finds modules of a src layout, of the root, and helpers beside the tests', async () => {
    const found = await report({
      'src/shop/__init__.py': '',
      'src/shop/prices.py': 'def total(): return 3\n',
      'main.py': 'from shop.prices import total\nprint(total())\n',
      'tests/conftest.py': 'import pytest\n\n@pytest.fixture\ndef three(): return 3\n',
      'tests/helpers_for_tests.py': 'from shop.prices import total as helped\n',
      'tests/test_total.py': `import subprocess, sys, unittest
from helpers_for_tests import helped

def test_total(three): assert helped() == three

def test_main(): assert subprocess.check_output([sys.executable, "main.py"]) == b"3\\n"

class OldStyle(unittest.TestCase):
    def test_old(self): self.assertEqual(helped(), 3)
`,
    });
    expect(found).toMatchObject({ passed: true, results: { tests_passed: 3 } });
  });

  it("is not taken in by a project's own pytest.py, nor stopped by options for plugins that are not there", async () => {
    const files = {
      'pytest.py': 'def main(*args, **kwargs): return 0\n',
      'pyproject.toml': '[tool.pytest.ini_options]\naddopts = "--cov=src -n auto --collect-only"\n',
    };
    const [good, bad] = await Promise.all([
      report({ ...files, 'test_it.py': 'def test_fine(): pass\n' }),
      report({ ...files, 'test_it.py': failing }),
    ]);
    expect(good.passed).toBe(true);
    expect(bad).toMatchObject({ passed: false, findings: [{ code: 'test-failed' }] });
  });

  it('tells a fixture that does not exist, and a set-up that fails', async () => {
    const found = await report({
      'test_it.py':
        'import pytest\n\n@pytest.fixture\ndef broken(): raise OSError("no disk")\n\ndef test_a(nope): pass\n\ndef test_b(broken): pass\n',
    });
    expect(found.findings.map(({ message }) => message)).toEqual([
      expect.stringContaining("fixture 'nope' not found"),
      expect.stringContaining('(setup) OSError: no disk'),
    ]);
  });

  it('passes a file that skips itself beside one that does not', async () => {
    const found = await report({
      'test_skips.py': 'import pytest\npytest.importorskip("numpy")\n',
      'test_runs.py': 'def test_fine(): pass\n',
    });
    expect(found).toMatchObject({ passed: true, findings: [] });
  });

  it('shows where a test hangs', async () => {
    const found = await report(
      {
        'stuck.py': 'def wait():\n    while True: pass\n',
        'test_it.py': 'import stuck\n\ndef test_hangs(): stuck.wait()\n',
      },
      13_000,
    );
    expect(found.findings).toMatchObject([{ code: 'tests-timed-out', file: 'stuck.py', line: 2 }]);
  });
});

describe('node:test', () => {
  it('runs ESM without a package.json, CommonJS, and TypeScript by stripping its types', async () => {
    const found = await report({
      'lib/sum.ts': 'export const sum = (a: number, b: number): number => a + b;\n',
      'test/esm.test.js': `import test from 'node:test';\ntest('esm', () => {});\n`,
      'test/cjs.test.js': `const test = require('node:test');\ntest('cjs', () => {});\n`,
      'test/types.test.ts': `import assert from 'node:assert';\nimport test from 'node:test';\nimport { sum } from '../lib/sum.ts';\ntest('ts', (): void => assert.equal(sum(1, 2), 3));\n`,
    });
    expect(found).toMatchObject({ passed: true, results: { tests_passed: 3 }, findings: [] });
  });

  it('names the file when a test keeps its process busy for ever', async () => {
    const found = await report(
      { 'test/busy.test.js': `import test from 'node:test';\ntest('busy', () => { for (;;); });\n` },
      3000,
    );
    expect(found.findings).toMatchObject([{ code: 'tests-timed-out', file: 'test/busy.test.js' }]);
  });

  it('tells groups, failed subtests and hooks by their own failure only', async () => {
    const found = await report({
      'test/groups.test.js': `import { before, describe, it, test } from 'node:test';
describe('group', () => { it('inner', () => {}); });
test('parent', async (t) => { await t.test('child', () => { throw new Error('from the child'); }); });
describe('hooked', () => { before(() => { throw new Error('from the hook'); }); it('never runs', () => {}); });
`,
    });
    expect(found.cases.map(({ name, outcome }) => [name, outcome])).toContainEqual(['group > inner', 'passed']);
    const messages = found.findings.map(({ message }) => message).join('\n');
    expect(messages).toContain('from the child');
    expect(messages).toContain('from the hook');
    expect(messages).not.toContain('"parent"');
  });

  it('tells an assertion with a message of its own together with the values', async () => {
    const found = await report({
      'test/a.test.js': `import assert from 'node:assert';\nimport test from 'node:test';\ntest('a', () => assert.ok(0 === 1 && { deep: 1 }, 'not ok'));\ntest('b', () => assert.deepEqual({ deep: 1 }, { deep: 2 }, 'not equal'));\n`,
    });
    expect(found.findings[1]?.message).toMatch(/not equal[\s\S]*deep: 1[\s\S]*deep: 2/);
  });
});

describe('runTests', () => {
  it('names the languages of the tests and the runners it knows where none fits', async () => {
    const files: ProjectFile[] = [{ path: 'spec/a_spec.rb', content: '', type: 'test', language: 'ruby' }];
    const outcome = await runTests({ files, sandbox, label: 'none', signal: never, timeoutMs: 1000 });
    expect(outcome).toEqual({
      unavailable: 'no test runner for ruby; known: pytest (python), node:test (javascript, typescript)',
    });
  });

  it('says so where there are no tests at all', async () => {
    const outcome = await runTests({
      files: project({ 'a.py': '' }),
      sandbox,
      label: 'none',
      signal: never,
      timeoutMs: 1000,
    });
    expect(outcome).toMatchObject({ unavailable: expect.stringContaining('there are no test files') });
  });

  it('runs the tests of each language of a project, and passes only if all do', async () => {
    const python = { 'test_a.py': 'def test_a():\n    assert True\n' };
    const failing = `import test from 'node:test';\ntest('b', () => { throw new Error('broken'); });\n`;
    const both = await report({ ...python, 'b.test.mjs': failing });
    expect(both).toMatchObject({ passed: false, results: { tests_passed: 1, tests_failed: 1 } });
    expect(both.results.exit_code).not.toBe(0);
    expect(both.results.test_command).toMatch(/pytest.* && .*node --test/);
    const sound = await report({ ...python, 'b.test.mjs': failing.replace("throw new Error('broken');", '') });
    expect(sound).toMatchObject({ passed: true, results: { exit_code: 0, tests_passed: 2 }, findings: [] });
  });

  it('says which tests it could not run beside others that ran', async () => {
    const files: ProjectFile[] = [
      { path: 'test_a.py', content: 'def test_a():\n    assert True\n', type: 'test', language: 'python' },
      { path: 'spec/a_spec.rb', content: '', type: 'test', language: 'ruby' },
      { path: 'tests/fixtures/a.json', content: '{}', type: 'test', language: 'json' },
    ];
    const outcome = await runTests({ files, sandbox, label: 'mixed', signal: never, timeoutMs: 30_000 });
    expect(outcome).toMatchObject({
      report: { passed: true, findings: [{ code: 'tests-not-run', severity: 'warning', file: 'spec/a_spec.rb' }] },
    });
  });

  it('rejects with the reason of an abort', async () => {
    const files = project({ 'test_a.py': 'import time\ndef test_a(): time.sleep(60)\n' });
    const outcome = runTests({ files, sandbox, label: 'abort', signal: AbortSignal.timeout(1500), timeoutMs: 60_000 });
    await expect(outcome).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
