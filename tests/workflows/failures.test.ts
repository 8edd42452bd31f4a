import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultRoot } from '../../src/sandboxes/staging.ts';
import { replies, stalls } from '../support/model-faults.ts';
import { answerWith, startRig, testPlan } from '../support/rig.ts';

const wrong = answerWith({
  'add.py': 'def add(a, b):\n    return a - b',
  'test_add.py': 'from add import add\n\n\ndef test_add():\n    assert add(2, 3) == 5',
});
const good = answerWith({ 'add.py': 'def add(a, b):\n    return a + b' });
const overloaded = replies({
  status: 529,
  body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
});
const later = replies({
  status: 429,
  headers: { 'retry-after': '1' },
  body: { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } },
});
const wrongKey = replies({
  status: 401,
  body: { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } },
});

describe('what a vendor does', () => {
  it('fails the run as ProviderRejected when it says never before a usable round', async () => {
    await using rig = await startRig({ answers: [wrongKey] });
    const { workflowId } = await rig.ptc.start(testPlan());
    await expect(rig.ptc.result(workflowId)).rejects.toMatchObject({
      type: 'ProviderRejected',
      message: expect.stringMatching(/anthropic.*401.*ANTHROPIC_API_KEY/s),
    });
    expect(rig.model.requests).toHaveLength(1);
  });

  it('costs no files when it says never after a usable round', async () => {
    await using rig = await startRig({ answers: [wrong, wrongKey] });
    const { workflowId } = await rig.ptc.start(testPlan());
    const result = await rig.ptc.result(workflowId);
    expect(result).toMatchObject({
      status: 'PARTIAL_SUCCESS',
      iterations_used: 1,
      error_message: expect.stringMatching(/callModel in round 2 failed: ProviderRejected.*401/s),
      test_results: { tests_failed: 1 },
    });
    expect(result.artifacts).toHaveLength(2);
  });

  it('is asked again, after its own delay, when it says later', async () => {
    await using rig = await startRig({ answers: [later, wrong, good] });
    const { workflowId } = await rig.ptc.start(testPlan());
    expect(await rig.ptc.result(workflowId)).toMatchObject({ status: 'SUCCESS', iterations_used: 2 });
    expect(rig.model.requests).toHaveLength(3);
  });
});

describe.concurrent('the end of the time', () => {
  it('returns TIMEOUT with the stage under way and its last failure', async () => {
    await using rig = await startRig({ answers: () => overloaded });
    const { workflowId } = await rig.ptc.start(testPlan({ timeout_seconds: 30 }));
    expect(await rig.ptc.result(workflowId)).toMatchObject({
      status: 'TIMEOUT',
      artifacts: [],
      error_message: expect.stringMatching(/time was over in callModel in round 1; its last failure: .*529/s),
    });
  });

  it('returns the best files so far', async () => {
    await using rig = await startRig({
      answers: [wrong, stalls({ text: 'a long answer that never comes to its end' })],
    });
    const { workflowId } = await rig.ptc.start(testPlan({ timeout_seconds: 30 }));
    const result = await rig.ptc.result(workflowId);
    expect(result).toMatchObject({
      status: 'TIMEOUT',
      iterations_used: 1,
      error_message: expect.stringContaining('callModel in round 2'),
      test_results: { tests_failed: 1 },
    });
    expect(result.artifacts).toHaveLength(2);
    expect(result.duration_seconds).toBeLessThan(34);
  });

  it('names a queue that no worker serves by its stage', async () => {
    await using rig = await startRig({ answers: [], serve: ['workflows'] });
    const { workflowId } = await rig.ptc.start(testPlan({ timeout_seconds: 30 }));
    expect(await rig.ptc.result(workflowId)).toMatchObject({
      status: 'TIMEOUT',
      error_message: expect.stringContaining('callModel in round 1'),
    });
  });

  it('comes before any code runs where no sandbox can start', async () => {
    await using rig = await startRig({ answers: [wrong], env: { PTC_SANDBOX_DIR: '/dev/null/no-folder' } });
    const { workflowId } = await rig.ptc.start(testPlan({ timeout_seconds: 30 }));
    expect(await rig.ptc.result(workflowId)).toMatchObject({
      status: 'TIMEOUT',
      test_results: null,
      error_message: expect.stringMatching(/runTests in round 1; its last failure: SandboxUnavailable/),
    });
  });
});

describe('cancelling', () => {
  it("closes the vendor's connection and the run within seconds", async () => {
    const stuck = stalls({ text: 'a long answer that never comes to its end' });
    await using rig = await startRig({ answers: [stuck] });
    const { workflowId } = await rig.ptc.start(testPlan());
    await expect.poll(() => rig.model.requests.length, { timeout: 30_000 }).toBe(1);
    await rig.ptc.cancel(workflowId);
    await expect(rig.ptc.result(workflowId)).rejects.toMatchObject({ type: 'Cancelled' });
    await expect.poll(() => rig.model.requests[0]?.hungUp.aborted, { timeout: 5_000 }).toBe(true);
  });

  it('leaves no sandbox when the run shows as closed', async () => {
    const endless = answerWith({
      'test_loop.py': 'def test_loop():\n    while True:\n        pass',
      'add.py': 'x = 1',
    });
    await using rig = await startRig({ answers: [endless] });
    const { workflowId, runId } = await rig.ptc.start(testPlan());
    await expect.poll(() => sandboxesOf(runId), { timeout: 60_000 }).not.toEqual([]);
    await rig.ptc.cancel(workflowId);
    await expect(rig.ptc.result(workflowId)).rejects.toMatchObject({ type: 'Cancelled' });
    expect(await sandboxesOf(runId)).toEqual([]);
  });
});

/** The folders of a run's sandboxes that are open: their names begin with the run's id. */
const sandboxesOf = async (runId: string): Promise<string[]> =>
  (await readdir(join(defaultRoot(), 'runs')).catch(() => [])).filter((name) =>
    name.includes(runId.replaceAll('-', '_')),
  );
