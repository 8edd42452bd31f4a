import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ptc as runPtc } from '../support/command.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ptc-cli-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** With no server, no key, and a state folder of its own. */
const ptc = (args: string[], { stdin = '', env = {} }: { stdin?: string; env?: Record<string, string> } = {}) =>
  runPtc(args, { stdin, cwd: root, env: { PTC_STATE_DIR: join(root, 'state'), ...env } });

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(root, 'project-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

const adder = 'def add(a, b):\n    return a + b\n';
const testOf = (sum: number) => `from add import add\n\n\ndef test_sum():\n    assert add(2, 3) == ${sum}\n`;

describe('ptc parse', () => {
  const answer = '### grüße/add.py\n\n```python\nx = 1\n```\n\n### cut.py\n\n```python\ny = (';

  it('prints artifacts and findings as JSON, the state of each file among them', async () => {
    const { status, stdout } = await ptc(['parse', '-', '--json'], { stdin: answer });
    expect(status).toBe(1);
    const { artifacts, findings } = JSON.parse(stdout);
    expect(artifacts).toMatchObject([
      {
        file_path: 'grüße/add.py',
        content: 'x = 1\n',
        artifact_type: 'source_code',
        language: 'python',
        truncated: false,
      },
      { file_path: 'cut.py', truncated: true, partial: false },
    ]);
    expect(findings).toMatchObject([{ file: 'cut.py', severity: 'error' }]);
  });

  it('takes an answer of 5 MB', async () => {
    const line = 'value = "0123456789abcdef0123456789abcdef"\n';
    const stdin = `### big.py\n\n\`\`\`python\n${line.repeat(5_000_000 / line.length)}\`\`\`\n`;
    const { status, stdout } = await ptc(['parse', '-'], { stdin });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('big.py') });
  });

  it('says with status 2 that a file cannot be read', async () => {
    expect(await ptc(['parse', 'none.md'])).toMatchObject({
      status: 2,
      stderr: 'none.md cannot be read: it is not there\n',
    });
  });
});

describe('ptc check', () => {
  it('is content with a sound folder, and exits with 1 for one that is not', async () => {
    const sound = await folderWith({ 'add.py': adder });
    expect(await ptc(['check', sound])).toMatchObject({ status: 0, stdout: '1 file, 0 errors\n' });
    const broken = await folderWith({ 'add.py': 'def add(a, b)\n' });
    const { status, stdout } = await ptc(['check', broken, '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ files: 1, findings: [{ file: 'add.py', line: 1, severity: 'error' }] });
  });

  it('misses what the plan asks for', async () => {
    const plan = {
      execution_id: 'x',
      scaffolding: { task_description: 'x', file_structure: { 'main.py': 'the rest' } },
    };
    const folder = await folderWith({ 'add.py': adder });
    const { status, stdout } = await ptc(['check', folder, '--plan', '-'], { stdin: JSON.stringify(plan) });
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining('main.py') });
  });

  it('says with status 2 that a folder is none', async () => {
    expect(await ptc(['check', 'nowhere'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nowhere cannot'),
    });
  });
});

describe('ptc test', () => {
  it('prints the test results as JSON, with status 0 only if all passed', async () => {
    const passing = await ptc(['test', await folderWith({ 'add.py': adder, 'test_add.py': testOf(5) }), '--json']);
    expect(passing.status).toBe(0);
    expect(JSON.parse(passing.stdout)).toMatchObject({ exit_code: 0, tests_passed: 1, tests_failed: 0, passed: true });
    const failing = await ptc(['test', await folderWith({ 'add.py': adder, 'test_add.py': testOf(6) })]);
    expect(failing).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/failed +test_add\.py::test_sum[\s\S]*0 passed, 1 failed in/),
    });
  });

  it('refuses with status 3 to run code without a sandbox', async () => {
    const folder = await folderWith({ 'test_add.py': testOf(5) });
    const { status, stderr } = await ptc(['test', folder], { env: { PTC_SANDBOX_DIR: '/dev/null/none' } });
    expect({ status, stderr }).toMatchObject({ status: 3, stderr: expect.stringContaining('/dev/null/none') });
  });
});

describe('ptc doctor', () => {
  it('names each thing that is missing with its remedy, and never a key', async () => {
    const env = { ANTHROPIC_API_KEY: 'sk-or-v1-hush', PTC_STORE: '/dev/null/store', TEMPORAL_ADDRESS: '' };
    const { status, stdout } = await ptc(['doctor'], { env });
    expect(status).toBe(3);
    expect(stdout).toMatch(/PROBLEM keys .*belongs into OPENROUTER_API_KEY/);
    expect(stdout).toMatch(/PROBLEM store .*set PTC_STORE to a folder/);
    expect(stdout).toMatch(/PROBLEM temporal .*ptc dev/);
    expect(stdout).not.toContain('hush');
  });

  it('tells a server from the worker that it lacks', async () => {
    const env = { ANTHROPIC_API_KEY: 'sk-ant-x', TEMPORAL_ADDRESS: inject('temporalAddress'), PTC_TASK_QUEUE: 'idle' };
    const { status, stdout } = await ptc(['doctor', '--json'], { env });
    expect(status).toBe(3);
    const found = JSON.parse(stdout) as { check: string; ok: boolean; detail: string }[];
    expect(found.filter(({ ok }) => !ok)).toEqual([
      { check: 'worker', ok: false, detail: expect.stringMatching(/no worker serves idle.*npm run worker/) },
    ]);
    expect(found.map(({ check }) => check)).toEqual([
      'configuration',
      'keys',
      'store',
      'sandbox',
      'temporal',
      'worker',
    ]);
  });

  it('lists every setting that is wrong', async () => {
    const env = { DEFAULT_TIMEOUT: '1', PTC_LOG_LEVEL: 'loud' };
    const { status, stdout } = await ptc(['doctor'], { env });
    expect({ status, stdout }).toMatchObject({
      status: 3,
      stdout: expect.stringMatching(/DEFAULT_TIMEOUT[\s\S]*PTC_LOG_LEVEL/),
    });
  });
});

describe('the command line', () => {
  it('prints help with status 0, for each command too, and what is wrong with status 2', async () => {
    expect(await ptc(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Exit status: 0 success'),
    });
    expect(await ptc(['run', '--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('--detach') });
    expect(await ptc(['follw'])).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean follow?') });
    expect(await ptc(['run'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("missing required argument 'plan'"),
    });
  });
});
