import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { projectFolder } from '../../src/folders.ts';
import { strip } from '../../src/schemas/text.ts';
import { workflowIdOf } from '../../src/temporal/workflow-id.ts';
import { type Answer, answerWith, type Rig, startRig, testPlan } from '../support/rig.ts';

const python = join(projectFolder, '.venv', 'bin', 'python');
const client = join(projectFolder, 'examples', 'roma_client.py');

interface Ended {
  status: number;
  stdout: string;
  stderr: string;
}

function runPython(args: string[], input = ''): Promise<Ended> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONPATH: join(projectFolder, 'examples'),
  };
  return new Promise((resolve, reject) => {
    const child = execFile(python, args, { env }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ status: Number(error?.code ?? 0), stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

let folder = '';
let rig: Rig;
let nextAnswers: Answer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ptc-python-'));
  rig = await startRig({
    answers: () => nextAnswers.shift() ?? { text: 'no answer was expected to be asked for', stop: 'refused' },
  });
});
afterEach(() => {
  nextAnswers = [];
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** As ROMA has it: `plan` is JSON text as Python's json module writes it. */
async function runClient(plan: string, options: string[] = []): Promise<Ended> {
  const file = join(folder, 'plan.json');
  await writeFile(file, plan);
  return runPython([client, '--plan', file, ...connection(), ...options]);
}

const connection = () => ['--address', rig.env['TEMPORAL_ADDRESS'] ?? '', '--task-queue', rig.config.taskQueue];

const adder = answerWith({
  'adder.py': 'def add(a: int, b: int) -> int:\n    return a + b',
  'tests/test_adder.py': 'from adder import add\n\n\ndef test_add():\n    assert add(2, 3) == 5',
});

describe('a run from Python', () => {
  test('tells each stage, writes the files and exits with 0; the same plan again is not paid for again', async () => {
    nextAnswers = [adder];
    const plan = testPlan();
    const out = join(folder, 'out');

    const first = await runClient(JSON.stringify(plan), ['--out', out]);

    expect(first).toMatchObject({ status: 0, stdout: expect.stringContaining('SUCCESS') });
    expect(first.stderr).toContain(`run ptc-${plan.execution_id}`);
    expect(first.stderr).toMatch(/round 1 {2}callModel[\s\S]*round 1 {2}runTests/);
    expect(await readFile(join(out, 'adder.py'), 'utf8')).toContain('return a + b');
    expect(await readdir(join(out, 'tests'))).toEqual(['test_adder.py']);

    const asked = rig.model.requests.length;
    const again = await runClient(JSON.stringify(plan), ['--out', out]);
    expect(again).toMatchObject({ status: 0, stdout: first.stdout, stderr: expect.stringContaining('has run before') });
    expect(rig.model.requests).toHaveLength(asked);
  });

  test('never replaces a file that holds something else', async () => {
    nextAnswers = [adder];
    const out = join(folder, 'mine');
    await mkdir(out);
    await writeFile(join(out, 'adder.py'), 'my own');

    const ended = await runClient(JSON.stringify(testPlan()), ['--out', out]);

    expect(ended).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('adder.py is there and holds something else'),
    });
    expect(await readdir(out)).toEqual(['adder.py']);
  });

  test('prints type and message of what a run failed of', async () => {
    nextAnswers = [(response) => void response.writeHead(401).end('{"error":{"message":"no such key"}}')];

    const ended = await runClient(JSON.stringify(testPlan()));

    expect(ended).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/the run failed: ProviderRejected: .*401/),
    });
  });
});

describe('a plan that cannot be used', () => {
  const asked = () => rig.model.requests.length;

  test('with NaN in its metadata fails with InvalidPlan naming the field', async () => {
    const before = asked();
    const ended = await runClient(JSON.stringify(testPlan({ metadata: { x: 0, y: 1 } })).replace('"x":0', '"x": NaN'));
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(/the run failed: InvalidPlan: [\s\S]*metadata\.x: got NaN/);
    expect(asked()).toBe(before);
  });

  test.each([
    { what: 'a string', args: ['write me a calculator'], message: /plan: got "write me a calculator"/ },
    { what: 'no argument at all', args: [], message: /plan: got nothing/ },
    { what: 'null', args: [null], message: /plan: got nothing/ },
  ])('$what fails with InvalidPlan', async ({ args, message }) => {
    const script = join(projectFolder, 'tests', 'python', 'start_workflow.py');
    const { stdout } = await runPython(
      [script, rig.env['TEMPORAL_ADDRESS'] ?? '', rig.config.taskQueue],
      JSON.stringify(args),
    );
    expect(JSON.parse(stdout)).toEqual({ type: 'InvalidPlan', message: expect.stringMatching(message) });
  });

  test('a file that is no plan is refused before anything is started', async () => {
    expect(await runClient('"text"')).toMatchObject({ status: 2, stderr: expect.stringContaining('no execution_id') });
    expect(await runClient('{')).toMatchObject({ status: 2, stderr: expect.stringContaining('plan.json: ') });
  });
});

describe('the client by itself', () => {
  test('says that a server does not answer, and where', async () => {
    const ended = await runClient(JSON.stringify(testPlan()), ['--address', '127.0.0.1:1']);
    expect(ended).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('Temporal at 127.0.0.1:1 does not answer'),
    });
  });

  test('makes the workflow ids that the TypeScript client makes', async () => {
    const ids = [
      'plain-1.2_x',
      ' trimmed\u3000',
      '../../x y',
      'späß',
      '😀 two units',
      'a'.repeat(200),
      'b'.repeat(120),
    ];
    const script =
      'import json, roma_client as c; print(json.dumps([c.workflow_id_of(i) for i in json.loads(input())]))';
    const { stdout } = await runPython(['-c', script], JSON.stringify(ids));
    expect(JSON.parse(stdout)).toEqual(ids.map((id) => workflowIdOf(strip(id))));
  });

  test.each(['../up.py', '/absolute.py', 'a/../../up.py', 'C:\\x.py', 'a\\b.py', 'link/x.py', 'nul\0.py', ''])(
    'writes nothing when one path is %j',
    async (path) => {
      const out = await mkdtemp(join(folder, 'hostile-'));
      await symlink(folder, join(out, 'link'));
      const script = [
        'import json, pathlib, sys, roma_client as c',
        'artifacts = [c.Artifact(path, "x", "source_code", None, None) for path in json.loads(input())]',
        'c.write_files(artifacts, pathlib.Path(sys.argv[1]))',
      ].join('\n');
      const ended = await runPython(['-c', script, out], JSON.stringify(['good.py', path]));
      expect(ended.stderr).toContain('leaves the folder');
      expect(await readdir(out)).toEqual(['link']);
    },
  );
});
