import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startScriptedModel } from '../../src/demo/scripted-model.ts';
import { findDevServer } from '../../src/temporal/dev-server-record.ts';
import { type Ended, ptc as runPtc, startDemo, startPtc } from '../support/command.ts';
import { answerWith, testPlan } from '../support/rig.ts';

const answer = answerWith({ 'add.py': 'def add(a, b):\n    return a + b', 'test_add.py': 'def test_add():\n    pass' });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ptc-dev-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const serverRuns = async () => (await findDevServer(join(folder, 'state', 'dev'))) !== null;

it('ptc dev serves runs until Ctrl-C, leaves nothing running, and keeps the runs', async () => {
  const model = await startScriptedModel({ answers: () => answer });
  const env = {
    PTC_STATE_DIR: join(folder, 'state'),
    ANTHROPIC_API_KEY: 'sk-ant-for-tests',
    ANTHROPIC_BASE_URL: model.url,
  };
  const ptc = (...args: string[]): Promise<Ended> => runPtc(args, { env, cwd: folder });
  const plan = join(folder, 'plan.json');
  await writeFile(plan, JSON.stringify(testPlan({ execution_id: 'kept' })));
  {
    await using dev = startPtc(['dev'], { env });
    await dev.says('Ctrl-C ends both');
    expect(await ptc('list')).toMatchObject({ status: 0, stdout: 'no runs yet\n' });
    expect(await ptc('run', plan)).toMatchObject({ status: 0, stderr: expect.stringMatching(/http:.*\/ptc-kept\//) });
    expect(await ptc('dev')).toMatchObject({ status: 1, stderr: expect.stringContaining('ptc dev runs already') });
    dev.process.kill('SIGINT');
    expect(await dev.ended).toMatchObject({ status: 0 });
    expect(await serverRuns()).toBe(false);
  }
  await model.close();

  // Killed, it leaves its server, which the next one ends.
  await using killed = startPtc(['dev'], { env });
  await killed.says('Ctrl-C ends both');
  killed.process.kill('SIGKILL');
  await killed.ended;
  expect(await serverRuns()).toBe(true);
  await using again = startPtc(['dev'], { env });
  await again.says('Ctrl-C ends both');
  expect((await ptc('list')).stdout).toMatch(/^SUCCESS .* ptc-kept\n$/);
  again.process.kill('SIGTERM');
  expect(await again.ended).toMatchObject({ status: 0 });
  expect(await serverRuns()).toBe(false);
});

it('the demo shows a failed and a repaired round, and leaves files and nothing running', async () => {
  await using demo = startDemo({ env: { PTC_STATE_DIR: join(folder, 'state') }, cwd: folder });
  const { status, stdout, stderr } = await demo.ended;
  expect({ status, stderr }).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/round 1 {2}runTests .*failed/),
  });
  expect(stderr).toMatch(/round 2 {2}runTests .*(\d+) of \1 tests passed/);
  expect(stdout).toMatch(
    /SCRIPTED model[\s\S]*http:\/\/127\.0\.0\.1:\d+\/namespaces[\s\S]*SUCCESS[\s\S]*tokens, \$[\s\S]*ptc dev/,
  );
  const [out = ''] = await readdir(join(folder, 'out'));
  expect(stdout).toContain(join('out', out));
  expect(await readdir(join(folder, 'out', out))).toContain('README.md');
  expect(await serverRuns()).toBe(false);
});

it('the demo cleans up on Ctrl-C, and ends its run', async () => {
  await using demo = startDemo({ env: { PTC_STATE_DIR: join(folder, 'state') }, cwd: folder });
  await demo.says('acceptPlan');
  demo.process.kill('SIGINT');
  expect(await demo.ended).toMatchObject({ status: 130, stderr: expect.stringContaining('ending the run') });
  expect(await serverRuns()).toBe(false);
});
