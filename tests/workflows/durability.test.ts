import type { Client } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { stalls } from '../support/model-faults.ts';
import { answerWith, startRig, testPlan } from '../support/rig.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

const good = answerWith({
  'add.py': 'def add(a, b):\n    return a + b',
  'test_add.py': 'from add import add\n\n\ndef test_add():\n    assert add(2, 3) == 5',
});
const wrong = answerWith({
  'add.py': 'def add(a, b):\n    return a - b',
  'test_add.py': 'from add import add\n\n\ndef test_add():\n    assert add(2, 3) == 5',
});
const long = stalls({ text: 'a long answer that never comes to its end' });

describe('a worker', () => {
  it('that is killed in the middle of a call costs the run that call and nothing else', async () => {
    await using rig = await startRig({ answers: [wrong, long, good], serve: [] });
    await using first = await startWorkerProcess(rig.env);
    const { workflowId } = await rig.ptc.start(testPlan());
    await expect.poll(() => rig.model.requests.length, { timeout: 60_000 }).toBe(2);
    first.process.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    await using second = await startWorkerProcess(rig.env);
    expect(await rig.ptc.result(workflowId)).toMatchObject({ status: 'SUCCESS', iterations_used: 2 });
    expect(rig.model.requests).toHaveLength(3);
    expect(second.log()).toContain('"stage":"callModel"');
  });

  it('drains on SIGTERM: the answer under way is kept', async () => {
    await using rig = await startRig({ answers: [{ ...good, chunkDelayMs: 400 }], serve: [] });
    await using first = await startWorkerProcess(rig.env);
    const { workflowId } = await rig.ptc.start(testPlan());
    await expect.poll(() => rig.model.requests.length, { timeout: 60_000 }).toBe(1);
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(first.log()).toContain('drained');
    await using second = await startWorkerProcess(rig.env);
    expect(await rig.ptc.result(workflowId)).toMatchObject({ status: 'SUCCESS', iterations_used: 1 });
    expect(rig.model.requests).toHaveLength(1);
    expect(second.log()).not.toContain('"stage":"callModel"');
  });

  it('refuses to start, and lists what is wrong', async () => {
    await using rig = await startRig({ answers: [], serve: [] });
    await using worker = await startWorkerProcess({
      ...rig.env,
      ANTHROPIC_API_KEY: '',
      ANTHROPIC_BASE_URL: '',
      PTC_STORE: '/dev/null/store',
    });
    expect(await worker.ended).toBe(3);
    expect(worker.log()).toMatch(/ANTHROPIC_API_KEY/);
    expect(worker.log()).toMatch(/PTC_STORE/);
  });

  it('serves only what it is told to', async () => {
    await using rig = await startRig({ answers: [good], serve: [] });
    await using models = await startWorkerProcess(rig.env, ['--serve', 'models']);
    await using others = await startWorkerProcess(rig.env, ['--serve', 'workflows,sandbox']);
    const { workflowId } = await rig.ptc.start(testPlan());
    expect(await rig.ptc.result(workflowId)).toMatchObject({ status: 'SUCCESS' });
    expect(models.log()).toContain('"stage":"callModel"');
    expect(others.log()).not.toContain('"stage":"callModel"');
  });
});

describe('history', () => {
  it('grows by less than 15 KB a round, whatever the size of plan and answer', async () => {
    const large = `${Array.from({ length: 4000 }, (_, line) => `value_${line} = ${line}`).join('\n')}\n`;
    const round = (number: number) =>
      answerWith({
        'big.py': `${large}last = ${number}`,
        'test_big.py': 'import big\n\n\ndef test_last():\n    assert big.last == 100',
      });
    const requirements = Array.from({ length: 200 }, (_, index) => `requirement ${index}: ${'x'.repeat(200)}`);
    await using rig = await startRig({ answers: () => round(rig.model.requests.length) });
    const size = async (max_iterations: number) => {
      const { workflowId } = await rig.ptc.start(testPlan({ max_iterations }, { requirements }));
      expect(await rig.ptc.result(workflowId)).toMatchObject({
        status: 'PARTIAL_SUCCESS',
        iterations_used: max_iterations,
      });
      return (await rig.client.workflow.getHandle(workflowId).describe()).historySize ?? Number.NaN;
    };
    const [one, five] = [await size(1), await size(5)];
    expect((five - one) / 4).toBeLessThan(15 * 1024);
  });

  it('answers the progress query, and tells the story, when the run has ended', async () => {
    await using rig = await startRig({ answers: [wrong, good] });
    const { workflowId } = await rig.ptc.start(testPlan());
    await rig.ptc.result(workflowId);
    const progress = await rig.ptc.progress(workflowId);
    expect(progress).toMatchObject({
      status: 'SUCCESS',
      stage: 'done',
      round: 2,
      model: 'anthropic claude-sonnet-5-5',
    });
    expect(progress.tokens).toBeGreaterThan(0);
    expect(progress.cost_usd).toBeGreaterThan(0);
    expect(progress.story.map(({ round, stage, found }) => `${round} ${stage}: ${found}`)).toContain(
      '1 runTests: 1 of 1 tests failed: test_add',
    );
    expect(await activitySummaries(rig.client, workflowId)).toContain(
      'buildPrompt: round 2 · claude-sonnet-5-5 · 1 of 1 tests failed: test_add',
    );
  });
});

describe('what does not fit', () => {
  it('fails as ResultTooLarge that names the sizes, and loses nothing', async () => {
    const text = `### big.txt\n\`\`\`\n${'0123456789abcdef\n'.repeat(300_000)}\`\`\`\n\n### add.py\n\`\`\`python\nx = 1\n\`\`\`\n`;
    await using rig = await startRig({ answers: [{ text }] });
    const { workflowId } = await rig.ptc.start(testPlan({ max_iterations: 1 }));
    await expect(rig.ptc.result(workflowId)).rejects.toMatchObject({
      type: 'ResultTooLarge',
      message: expect.stringMatching(/big\.txt \(5\d{6} bytes\)[\s\S]*ptc fetch/),
    });
    expect((await rig.ptc.progress(workflowId)).draft).not.toBeNull();
  });
});

/** What the timeline shows beside each stage. */
async function activitySummaries(client: Client, workflowId: string): Promise<string[]> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled, userMetadata }) =>
    scheduled
      ? [`${scheduled.activityType?.name}: ${JSON.parse(Buffer.from(userMetadata?.summary?.data ?? '""').toString())}`]
      : [],
  );
}
