import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ptc as runPtc, startPtc } from '../support/command.ts';
import { replies, stalls } from '../support/model-faults.ts';
import { type Answer, answerWith, type Rig, startRig, testPlan } from '../support/rig.ts';

const test = 'from add import add\n\n\ndef test_add():\n    assert add(2, 3) == 5';
const good = answerWith({ 'add.py': 'def add(a, b):\n    return a + b', 'test_add.py': test });
const wrong = answerWith({ 'add.py': 'def add(a, b):\n    return a - b', 'test_add.py': test });
const endless = stalls({ text: 'a long answer that never comes to its end' });
const wrongKey = replies({
  status: 401,
  body: { type: 'error', error: { type: 'authentication_error', message: 'no' } },
});

/** What the model does with a plan, by a word in its task. */
const manners: Record<string, Answer> = { WRONG: wrong, ENDLESS: endless, KEYLESS: wrongKey };

let rig: Rig;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ptc-cli-'));
  rig = await startRig({
    answers: ({ messages }) => {
      const manner = Object.keys(manners).find((word) => messages.some(({ text }) => text.includes(word)));
      return manner ? (manners[manner] ?? good) : good;
    },
  });
});

afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const ptc = (...args: string[]) => runPtc(args, { env: rig.env, cwd: folder });

/** Writes a plan into a file of its own. */
async function planFile(task: string, changes: Record<string, unknown> = {}) {
  const plan = testPlan(changes, { task_description: task });
  const path = join(folder, `${plan.execution_id}.json`);
  await writeFile(path, JSON.stringify(plan));
  return { path, id: plan.execution_id, workflowId: `ptc-${plan.execution_id}` };
}

describe('ptc run', () => {
  it('shows stages, rounds, tokens, cost and seconds, and writes the files', async () => {
    const { path, workflowId } = await planFile('add two numbers');
    const { status, stdout, stderr } = await ptc('run', path);
    expect(status).toBe(0);
    expect(stderr).toMatch(/round 1 of 3: (asking|running) .* \(\d+ tokens, \$0\.\d+ so far\)/);
    expect(stderr).toMatch(/\d+\.\d s {2}round 1 {2}runTests +1 of 1 tests passed/);
    expect(stdout).toMatch(/^SUCCESS · 2 files .* \d+\.\d s\n.*1 call, \d+ tokens, \$0\.0\d+\n.*2 files in out\//);
    expect((await readdir(join(folder, 'out', workflowId))).sort()).toEqual([
      '.ptc-files.json',
      'add.py',
      'test_add.py',
    ]);
  });

  it('does not pay twice for a plan that has run, unless told to', async () => {
    const { path, id } = await planFile('add two numbers');
    const out = ['--out', join(folder, id), '--json'];
    const [first, asked] = [await ptc('run', path, ...out), rig.model.requests.length];
    const second = await ptc('run', path, ...out);
    expect(second.stderr).toContain('it has run before (--again');
    expect(second.stdout).toBe(first.stdout);
    expect(rig.model.requests).toHaveLength(asked);
    const third = await ptc('run', path, ...out, '--again');
    expect(JSON.parse(third.stdout)).toMatchObject({ status: 'SUCCESS', execution_id: id, artifacts: { length: 2 } });
    expect(rig.model.requests).toHaveLength(asked + 1);
  });

  it('exits with 1 when tests still fail, and writes the best files', async () => {
    const { path, id } = await planFile('WRONG', { max_iterations: 1 });
    const { status, stdout } = await ptc('run', path, '--out', id);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^PARTIAL_SUCCESS[\s\S]*test_add/);
    expect(await readFile(join(folder, id, 'add.py'), 'utf8')).toContain('a - b');
  });

  it('says what a vendor refused, with the variable to mend, and without the key', async () => {
    const { path } = await planFile('KEYLESS');
    const { status, stderr } = await ptc('run', path);
    expect(status).toBe(1);
    expect(stderr).toMatch(/ended without a result: ProviderRejected: [\s\S]*401[\s\S]*ANTHROPIC_API_KEY/);
    expect(stderr).not.toContain(rig.env['ANTHROPIC_API_KEY']);
  });

  it('takes a plan from standard input, starts it detached, and another command follows it', async () => {
    const plan = testPlan();
    const run = await runPtc(['run', '-', '--detach', '--json'], { env: rig.env, stdin: JSON.stringify(plan) });
    expect(JSON.parse(run.stdout)).toMatchObject({ workflowId: `ptc-${plan.execution_id}`, state: 'started' });
    const followed = await ptc('follow', plan.execution_id, '--out', plan.execution_id, '--json');
    expect(followed.status).toBe(0);
    expect(JSON.parse(followed.stdout)).toMatchObject({ status: 'SUCCESS' });
    expect(await readdir(join(folder, plan.execution_id))).toContain('add.py');
  });

  it('leaves the run going on Ctrl-C, and says how to follow and how to end it', async () => {
    const { path, id, workflowId } = await planFile('ENDLESS');
    await using run = startPtc(['run', path], { env: rig.env, cwd: folder });
    await run.says('asking anthropic');
    run.process.kill('SIGINT');
    const { status, stderr } = await run.ended;
    expect(status).toBe(130);
    expect(stderr).toContain(`The run goes on. Follow it: ptc follow ${workflowId}   End it: ptc cancel ${workflowId}`);

    expect((await ptc('list')).stdout).toMatch(new RegExp(`RUNNING .* ${workflowId}`));
    expect(await ptc('fetch', id, '--out', id)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no files yet'),
    });

    await using joined = startPtc(['run', path], { env: rig.env, cwd: folder });
    await joined.says(`joined the run under way of ${workflowId}`);
    expect(await ptc('cancel', id)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`asked ${workflowId}`),
    });
    expect(await joined.ended).toMatchObject({ status: 1, stderr: expect.stringContaining('Cancelled') });
    expect(await ptc('cancel', id)).toMatchObject({ status: 0, stdout: `${workflowId} had ended before: CANCELLED\n` });
  });
});

describe('a folder for the files', () => {
  it('keeps what the user wrote or edited, unless forced, and names what it kept', async () => {
    const { path, id } = await planFile('add two numbers');
    const out = join(folder, id);
    await mkdir(out);
    await writeFile(join(out, 'add.py'), 'mine');
    const refused = await ptc('run', path, '--out', out);
    expect(refused).toMatchObject({ status: 2, stdout: expect.stringContaining('SUCCESS') });
    expect(refused.stderr).toMatch(
      /add\.py is there, and not as PTC wrote it; --force[\s\S]*keeps its files: ptc fetch/,
    );
    expect(await readdir(out)).toEqual(['add.py']);

    expect(await ptc('fetch', id, '--out', out, '--force')).toMatchObject({ status: 0 });
    expect(await ptc('fetch', id, '--out', out)).toMatchObject({ status: 0 });
    await writeFile(join(out, 'test_add.py'), 'edited');
    const edited = await ptc('fetch', id, '--out', out);
    expect(edited).toMatchObject({ status: 2, stderr: expect.stringContaining('- test_add.py is there') });
    expect(await readFile(join(out, 'test_add.py'), 'utf8')).toBe('edited');
  });

  it.each(['add.py', '.ptc-files.json'])(
    'is not left through a link in place of %s, even when forced',
    async (name) => {
      const { path, id } = await planFile('add two numbers');
      const [out, target] = [join(folder, id), join(folder, `${id}.target`)];
      await mkdir(out);
      await writeFile(target, 'precious');
      await symlink(target, join(out, name));
      const { status, stderr } = await ptc('run', path, '--out', out, '--force');
      expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining(`${name} is a link`) });
      expect(await readFile(target, 'utf8')).toBe('precious');
    },
  );

  it('that cannot be made is refused before the run costs anything', async () => {
    const { path } = await planFile('add two numbers');
    const asked = rig.model.requests.length;
    const { status, stderr } = await ptc('run', path, '--out', join(path, 'inside'));
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot be written') });
    expect(rig.model.requests).toHaveLength(asked);
  });
});

describe('what is no plan', () => {
  it.each([
    { what: 'text that is not JSON', text: '[1, 2', says: /not JSON/ },
    { what: 'NaN', text: '{"execution_id": "x", "max_iterations": NaN}', says: /max_iterations: got NaN/ },
    {
      what: 'wrong fields, all of them',
      text: '{"execution_id": "", "scaffolding": {"task_description": "x"}, "timeout_seconds": 7}',
      says: /execution_id: got ""[\s\S]*timeout_seconds: got 7/,
    },
  ])('is refused with status 2: $what', async ({ text, says }) => {
    const ended = await runPtc(['run', '-'], { env: rig.env, stdin: text });
    expect(ended).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(says) });
  });

  it.each([
    { what: 'a folder', path: '.', says: '. cannot be read: it is a folder' },
    { what: 'a file that is not there', path: 'none.json', says: 'none.json cannot be read: it is not there' },
  ])('is refused with status 2: $what', async ({ path, says }) => {
    expect(await ptc('run', path)).toMatchObject({ status: 2, stderr: `${says}\n` });
  });
});

describe('an id', () => {
  it.each([
    ['follow', 'nobody'],
    ['cancel', '../../etc/passwd'],
    ['fetch', '', '--out', 'x'],
  ])('that no run has ends %s with status 2 and the way to the ids there are', async (...args) => {
    const { status, stderr } = await ptc(...args);
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/no run has the id[\s\S]*ptc list/),
    });
  });
});

describe('ptc list', () => {
  it('prints as many runs as asked for, as JSON too', async () => {
    await rig.ptc.result((await rig.ptc.start(testPlan())).workflowId);
    const { stdout } = await ptc('list', '--limit', '1', '--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { workflowId: expect.stringMatching(/^ptc-/), status: expect.any(String) },
    ]);
    expect(await ptc('list', '--limit', 'x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('whole number'),
    });
  });

  it('ends in peace when nobody reads what it prints', async () => {
    await using list = startPtc(['list', '--json'], { env: rig.env });
    list.process.stdout?.destroy();
    expect(await list.ended).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('without', () => {
  it('a worker, ptc run starts nothing and says what to start', async () => {
    const { path, id } = await planFile('add two numbers');
    const env = { ...rig.env, PTC_TASK_QUEUE: 'nobody-serves-it' };
    const { status, stderr } = await runPtc(['run', path], { env, cwd: folder });
    expect({ status, stderr }).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/no worker serves nobody-serves-it, .*start one: npm run worker/),
    });
    expect(await ptc('follow', id)).toMatchObject({ status: 2 });
  });

  it('a server, it says how to start one', async () => {
    const { path } = await planFile('add two numbers');
    const { status, stderr } = await runPtc(['run', path], { env: { PTC_STATE_DIR: folder }, cwd: folder });
    expect({ status, stderr }).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/no Temporal server: .*ptc dev/),
    });
  });

  it('an answer from the server, it says where it asked', async () => {
    const { status, stderr } = await runPtc(['list'], { env: { TEMPORAL_ADDRESS: '127.0.0.1:1' }, cwd: folder });
    expect({ status, stderr }).toMatchObject({ status: 3, stderr: expect.stringContaining('127.0.0.1:1') });
    expect(stderr).not.toContain('    at ');
  });
});
