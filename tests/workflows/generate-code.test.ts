import { WorkflowFailedError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { RunFailed } from '../../src/client.ts';
import { ArtifactResult } from '../../src/schemas/result.ts';
import { answerWith, type Rig, type RigOptions, startRig, testPlan } from '../support/rig.ts';

const good = answerWith({
  'add.py': 'def add(a, b):\n    return a + b',
  'test_add.py':
    'from add import add\n\n\ndef test_add():\n    assert add(2, 3) == 5\n\n\ndef test_zero():\n    assert add(0, 0) == 0',
});
const wrong = answerWith({
  'add.py': 'def add(a, b):\n    return a - b',
  'test_add.py':
    'from add import add\n\n\ndef test_add():\n    assert add(2, 3) == 5\n\n\ndef test_zero():\n    assert add(0, 0) == 0',
});
const worse = answerWith({ 'add.py': 'def add(a, b):\n    return 7' });
const broken = answerWith({ 'add.py': 'def add(a, b)\n    return a' });

async function run(options: RigOptions, plan = testPlan()): Promise<{ result: ArtifactResult; rig: Rig }> {
  await using rig = await startRig(options);
  const { workflowId } = await rig.ptc.start(plan);
  return { result: await rig.ptc.result(workflowId), rig };
}

const contentOf = ({ artifacts }: ArtifactResult, path: string) =>
  artifacts.find(({ file_path }) => file_path === path)?.content;

describe('generateCode', () => {
  it('refines until the tests pass, and returns every field of the contract', async () => {
    const plan = testPlan({}, { file_structure: { 'add.py': 'the function' } });
    const { result, rig } = await run(
      { answers: [wrong, answerWith({ 'add.py': 'def add(a, b):\n    return a + b' })] },
      plan,
    );
    expect(ArtifactResult.parse(result)).toEqual(result);
    expect(result).toMatchObject({
      execution_id: plan.execution_id,
      status: 'SUCCESS',
      iterations_used: 2,
      error_message: null,
      warnings: [],
      test_results: { exit_code: 0, tests_passed: 2, tests_failed: 0 },
      from_cache: false,
      llm_usage: [{ provider: 'anthropic', api_calls: 2 }],
    });
    expect(result.artifacts).toEqual([
      {
        file_path: 'add.py',
        content: expect.stringContaining('a + b'),
        artifact_type: 'source_code',
        language: 'python',
        description: 'the function',
      },
      {
        file_path: 'test_add.py',
        content: expect.stringContaining('test_zero'),
        artifact_type: 'test',
        language: 'python',
        description: null,
      },
    ]);
    const [, second] = rig.model.requests;
    expect(second?.messages.at(-1)?.text).toMatch(/test-failed[\s\S]*add\(2, 3\) == 5/);
  });

  it('returns the best round when the last one still fails: fewest failed tests, whatever came after', async () => {
    const { result } = await run({ answers: [wrong, worse] }, testPlan({ max_iterations: 2 }));
    expect(result).toMatchObject({
      status: 'PARTIAL_SUCCESS',
      iterations_used: 2,
      test_results: { tests_passed: 1, tests_failed: 1 },
      metadata: { best_round: 1 },
    });
    expect(result.test_results?.exit_code).not.toBe(0);
    expect(result.error_message).toContain('test_add');
    expect(contentOf(result, 'add.py')).toContain('a - b');
  });

  it('counts a syntax error as worse than a failing test, and never runs it', async () => {
    const { result } = await run({ answers: [wrong, broken] }, testPlan({ max_iterations: 2 }));
    expect(result).toMatchObject({ status: 'PARTIAL_SUCCESS', metadata: { best_round: 1 } });
    expect(result.test_results?.tests_failed).toBe(1);
  });

  it('takes the later of two rounds that are equally good', async () => {
    const again = answerWith({ 'add.py': 'def add(a, b):\n    return a - b - 0' });
    const { result } = await run({ answers: [wrong, again] }, testPlan({ max_iterations: 2 }));
    expect(contentOf(result, 'add.py')).toContain('- 0');
  });

  it('never lets an answer without files replace what is there', async () => {
    const { result } = await run(
      { answers: [wrong, { text: 'I am sorry, I cannot.' }] },
      testPlan({ max_iterations: 2 }),
    );
    expect(result).toMatchObject({ status: 'PARTIAL_SUCCESS', iterations_used: 2 });
    expect(contentOf(result, 'add.py')).toContain('a - b');
  });

  it('ends as FAILURE, and says why, when no answer has a usable file', async () => {
    const { result } = await run(
      { answers: [{ text: 'No.' }, { text: 'Still no.' }] },
      testPlan({ max_iterations: 2 }),
    );
    expect(result).toMatchObject({ status: 'FAILURE', artifacts: [], test_results: null, iterations_used: 2 });
    expect(result.error_message).toMatch(/no-files/);
  });

  it('stops at the checks where the plan wants no tests', async () => {
    const { result } = await run(
      { answers: [answerWith({ 'add.py': 'def add(a, b):\n    return a + b' })] },
      testPlan({ enable_testing: false }),
    );
    expect(result).toMatchObject({ status: 'SUCCESS', test_results: null });
  });

  it('is PARTIAL_SUCCESS with a warning where tests were asked for and no runner fits', async () => {
    const ruby = answerWith({ 'lib/add.rb': 'def add(a, b) = a + b', 'spec/add_spec.rb': 'RSpec.describe("add") { }' });
    const { result } = await run({ answers: [ruby] });
    expect(result).toMatchObject({ status: 'PARTIAL_SUCCESS', test_results: null, iterations_used: 1 });
    expect(result.warnings).toContainEqual(expect.stringMatching(/tests could not run/));
  });

  it('never hands on a path that leaves the folder', async () => {
    const hostile = answerWith({ '../evil.py': 'x = 1', '/etc/cron.d/x': 'x', 'add.py': 'x = 1' });
    const { result, rig } = await run({ answers: [hostile, { text: 'No.' }] }, testPlan({ max_iterations: 2 }));
    expect(result.artifacts.map(({ file_path }) => file_path)).toEqual(['add.py']);
    expect(rig.model.requests[1]?.messages.at(-1)?.text).toContain('../evil.py');
  });

  it('repairs an answer that was cut off, whatever files it finished', async () => {
    const cut = {
      text: '### add.py\n```python\ndef add(a, b):\n    return a + b\n```\n\n### test_add.py\n```python\nfrom add import',
      stop: 'truncated' as const,
    };
    const { result, rig } = await run({ answers: [cut, good] });
    expect(result).toMatchObject({ status: 'SUCCESS', iterations_used: 2 });
    expect(rig.model.requests[1]?.messages.at(-1)?.text).toContain('truncated');
  });

  it('asks for tests with their own prompt where an answer has none', async () => {
    const { result, rig } = await run({
      answers: [answerWith({ 'add.py': 'def add(a, b):\n    return a + b' }), good],
    });
    expect(result.status).toBe('SUCCESS');
    expect(rig.model.requests[1]?.messages.at(-1)?.text).toContain('Write tests for `add.py`');
  });
});

describe('a run that goes in circles', () => {
  it('starts afresh, then asks the fallback model, and says so', async () => {
    await using rig = await startRig({
      answers: [wrong, wrong, wrong, good],
      env: (url) => ({ KIMI_API_KEY: 'sk-kimi-for-tests', KIMI_BASE_URL: `${url}/v1` }),
    });
    const { workflowId } = await rig.ptc.start(testPlan({ max_iterations: 4, fallback_llm: 'kimi' }));
    const result = await rig.ptc.result(workflowId);
    expect(result).toMatchObject({ status: 'SUCCESS', iterations_used: 4 });
    expect(result.warnings).toEqual([
      'round 2 came to what round 1 had come to',
      'round 3 started afresh, with anthropic claude-sonnet-5-5',
      'round 3 came to what round 2 had come to',
      'round 4 started afresh, with kimi kimi-k3',
    ]);
    expect(rig.model.requests.map(({ format }) => format)).toEqual(['anthropic', 'anthropic', 'anthropic', 'openai']);
    expect(result.llm_usage.map(({ provider, api_calls }) => [provider, api_calls])).toEqual([
      ['anthropic', 3],
      ['kimi', 1],
    ]);
  });
});

describe('a plan that cannot be used', () => {
  it('fails as InvalidPlan that names every bad field, and costs no call', async () => {
    await using rig = await startRig({ answers: [] });
    const bad = testPlan({ max_iterations: 99, primary_llm: 'gemini' });
    const { workflowId } = await rig.ptc.start(bad as never);
    const failure = await rig.ptc.result(workflowId).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RunFailed);
    expect(failure).toMatchObject({
      type: 'InvalidPlan',
      message: expect.stringMatching(/primary_llm: got "gemini"[\s\S]*max_iterations: got 99/),
    });
    expect(rig.model.requests).toHaveLength(0);
  });

  it('names the variable when no key reaches the primary, and warns where none reaches the fallback', async () => {
    await using rig = await startRig({ answers: [good] });
    const { workflowId } = await rig.ptc.start(testPlan({ primary_llm: 'openai' }));
    await expect(rig.ptc.result(workflowId)).rejects.toMatchObject({
      type: 'InvalidPlan',
      message: expect.stringMatching(/primary_llm.*OPENAI_API_KEY or OPENROUTER_API_KEY/),
    });
    const other = await rig.ptc.start(testPlan({ fallback_llm: 'kimi' }));
    expect(await rig.ptc.result(other.workflowId)).toMatchObject({
      status: 'SUCCESS',
      warnings: [expect.stringMatching(/fallback_llm.*KIMI_API_KEY/)],
    });
  });

  it.each([
    ['no argument', []],
    ['a string', ['plan']],
    ['null', [null]],
  ])('fails as InvalidPlan for %s', async (_, args) => {
    await using rig = await startRig({ answers: [] });
    const handle = await rig.client.workflow.start('generateCode', {
      taskQueue: rig.config.taskQueue,
      workflowId: testPlan().execution_id,
      args,
    });
    const error = await handle.result().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect(error).toMatchObject({ cause: { type: 'InvalidPlan', nonRetryable: true } });
  });
});
