import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { createActivities, type Parts } from '../../src/activities/index.ts';
import { ProviderError } from '../../src/providers/provider.ts';
import { SandboxError } from '../../src/sandboxes/sandbox.ts';
import { Draft } from '../../src/schemas/draft.ts';
import type { AcceptedPlan } from '../../src/schemas/stages.ts';
import { getDocument, putDocument, putText, type Store } from '../../src/store/store.ts';
import { memoryStore } from '../support/memory-store.ts';
import { scriptedProvider } from '../support/scripted-provider.ts';

const brokenSandbox: Parts['sandbox'] = {
  name: 'broken',
  problems: async () => ['broken'],
  open: () => Promise.reject(new SandboxError('it does not start; install it')),
};

const partsWith = (store: Store, changes: Partial<Parts> = {}): Parts => ({
  defaults: { timeoutSeconds: 120, maxIterations: 4 },
  resolveModel: () => ({ provider: 'scripted', name: 'scripted-1' }),
  providers: { scripted: scriptedProvider([]) },
  sandbox: brokenSandbox,
  store,
  testTimeoutMs: 10_000,
  ...changes,
});

/** Runs one stage as a worker would; a new environment each, since a mock's cancellation sticks. */
function bench(changes: Partial<Parts> = {}, info: ConstructorParameters<typeof MockActivityEnvironment>[0] = {}) {
  const store = memoryStore();
  const environment = new MockActivityEnvironment({
    scheduledTimestampMs: Date.now(),
    scheduleToCloseTimeoutMs: 60_000,
    ...info,
  });
  const heartbeats: unknown[] = [];
  environment.on('heartbeat', (details) => heartbeats.push(details));
  const activities = createActivities(partsWith(store, changes));
  const run = <Input, Output>(stage: (input: Input) => Promise<Output>, input: Input): Promise<Output> =>
    environment.run(stage, input) as Promise<Output>;
  return { store, environment, run, heartbeats, activities };
}

const plan = { execution_id: 'a', scaffolding: { task_description: 'Add numbers' } };
const prompt = { version: '1', system: 's', messages: [{ role: 'user', content: 'c' }] };
const model = { provider: 'scripted', name: 'scripted-1' };
const callInput = async (store: Store) => ({ model, round: 1, prompt: await putDocument(store, prompt) });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('acceptPlan', () => {
  it('fills in what the plan leaves open, for good: a later change of defaults never reaches a run', async () => {
    const { run, activities, store } = bench();
    const accepted = await run(activities.acceptPlan, plan);
    expect(accepted).toMatchObject({ maxIterations: 4, timeoutMs: 120_000, testing: true, model, warnings: [] });
    const stored = JSON.parse(Buffer.from(await store.get(accepted.reference)).toString());
    expect(stored).toMatchObject({ max_iterations: 4, timeout_seconds: 120 });
  });

  it('lets the plan win over the defaults', async () => {
    const { run, activities } = bench();
    const accepted = await run(activities.acceptPlan, { ...plan, max_iterations: 1, timeout_seconds: 30 });
    expect(accepted).toMatchObject({ maxIterations: 1, timeoutMs: 30_000 });
  });
});

describe('callModel', () => {
  it('records the answer in the store, and says what it cost', async () => {
    const { run, activities, store } = bench({
      providers: { scripted: scriptedProvider([{ text: 'an answer' }]) },
    });
    const response = await run(activities.callModel, await callInput(store));
    expect(response).toMatchObject({ stop: 'complete', provider: 'scripted', model: 'scripted-1', costUsd: 0.001 });
    expect(Buffer.from(await store.get(response.text)).toString()).toBe('an answer');
  });

  it('loses no answer over counts that are none', async () => {
    const odd = { input: null, cacheRead: 0, cacheWrite: 0, output: 'x', reasoning: -1 } as never;
    const provider = scriptedProvider([{ text: 'x', usage: odd, costUsd: Number.NaN }]);
    const { run, activities, store } = bench({ providers: { scripted: provider } });
    const response = await run(activities.callModel, await callInput(store));
    expect(response.usage).toEqual({ input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 });
    expect(response.costUsd).toBeNull();
  });

  it('beats at once, and with what is being written', async () => {
    const progress = { characters: 12, tail: 'def add' };
    const provider = scriptedProvider([
      (request) => {
        request.onProgress?.(progress);
        return hang(request);
      },
    ]);
    const { environment, run, activities, store, heartbeats } = bench({ providers: { scripted: provider } });
    const ended = failureOf(run(activities.callModel, await callInput(store)));
    await expect.poll(() => heartbeats.at(-1), { timeout: 10_000 }).toEqual({ progress, lastFailure: null });
    expect(heartbeats[0]).toEqual({ progress: null, lastFailure: null });
    environment.cancel('CANCELLED');
    await ended;
  });

  it.each([
    ['rejected', 'ProviderRejected', true, null],
    ['unavailable', 'ProviderUnavailable', false, 7000],
  ] as const)('turns a vendor that is %s into %s', async (kind, type, nonRetryable, retryAfterMs) => {
    const error = new ProviderError(kind, 'scripted said so', { retryAfterMs });
    const { run, activities, store } = bench({ providers: { scripted: scriptedProvider([error]) } });
    const failure = await failureOf(run(activities.callModel, await callInput(store)));
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ type, nonRetryable, message: 'scripted said so' });
    expect((failure as ApplicationFailure).nextRetryDelay ?? null).toBe(retryAfterMs);
  });

  it('leaves its failure for the next attempt to tell, when the time is over then', async () => {
    const unavailable = new ProviderError('unavailable', 'scripted answered 529');
    const first = bench({ providers: { scripted: scriptedProvider([unavailable]) } });
    await failureOf(first.run(first.activities.callModel, await callInput(first.store)));
    const second = bench(
      { providers: { scripted: scriptedProvider([hang]) } },
      { heartbeatDetails: first.heartbeats.at(-1), scheduleToCloseTimeoutMs: 600 },
    );
    const failure = await failureOf(second.run(second.activities.callModel, await callInput(second.store)));
    expect(failure).toMatchObject({ type: 'OutOfTime', nonRetryable: true, message: 'scripted answered 529' });
  });

  it('keeps an abort a cancellation, whatever the aborted call throws', async () => {
    const begun = Promise.withResolvers<void>();
    const provider = scriptedProvider([
      (request) => {
        begun.resolve();
        return hang(request);
      },
    ]);
    const { environment, run, activities, store } = bench({ providers: { scripted: provider } });
    const ended = failureOf(run(activities.callModel, await callInput(store)));
    await begun.promise;
    environment.cancel('CANCELLED');
    expect(await ended).toBeInstanceOf(CancelledFailure);
  });

  it('can be tried again where the prompt is not in the store', async () => {
    const { run, activities, store } = bench();
    const input = await callInput(store);
    store.lose(input.prompt.sha256);
    const failure = await failureOf(run(activities.callModel, input));
    expect(failure).toMatchObject({
      type: 'StoreUnavailable',
      nonRetryable: false,
      message: expect.stringContaining(input.prompt.sha256),
    });
  });
});

/** A call that ends only when it is aborted, and then with an error of its own. */
const hang = ({ signal }: { signal: AbortSignal }) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the socket was closed')));
  });

describe('parseResponse', () => {
  const parse = async (before: Record<string, string> | null, answer: string) => {
    const { run, activities, store } = bench();
    const { reference } = (await run(activities.acceptPlan, plan)) as AcceptedPlan;
    const files = await Promise.all(
      Object.entries(before ?? {}).map(async ([path, content]) => ({
        path,
        content: await putText(store, content),
        type: 'source_code' as const,
        language: 'python',
        truncated: false,
      })),
    );
    const draft = { round: 1, files, findings: [], tests: null, testsUnavailable: null, promptVersion: '1' };
    const checked = await run(activities.parseResponse, {
      plan: reference,
      round: 2,
      text: await putText(store, answer),
      stop: 'complete',
      previous: before ? await putDocument(store, draft) : null,
    });
    const { files: after } = await getDocument(store, checked.draft, Draft);
    const contents = after.map(async ({ path, content }) => [path, Buffer.from(await store.get(content)).toString()]);
    return { checked, files: Object.fromEntries(await Promise.all(contents)) };
  };

  it('keeps files that the answer does not name, byte for byte', async () => {
    const { files } = await parse({ 'a.py': 'A = 1\r\n', 'b.py': 'B = 1' }, '### b.py\n```python\nB = 2\n```\n');
    expect(files).toEqual({ 'a.py': 'A = 1\r\n', 'b.py': expect.stringContaining('B = 2') });
  });

  it('applies edits to the files of the round before', async () => {
    const edit = 'b.py\n```python\n<<<<<<< SEARCH\nB = 1\n=======\nB = 2\n>>>>>>> REPLACE\n```\n';
    const { files, checked } = await parse({ 'a.py': 'A = 1\n', 'b.py': 'B = 1\nC = 3\n' }, edit);
    expect(files).toEqual({ 'a.py': 'A = 1\n', 'b.py': 'B = 2\nC = 3\n' });
    expect(checked).toMatchObject({ errors: 0 });
  });

  it('applies no edit whose place is not there, and says so with the nearest lines', async () => {
    const edit = 'b.py\n```python\n<<<<<<< SEARCH\nB = 9\nC = 3\n=======\nB = 2\n>>>>>>> REPLACE\n```\n';
    const { files, checked } = await parse({ 'b.py': 'B = 1\nC = 3\n' }, edit);
    expect(files).toEqual({ 'b.py': 'B = 1\nC = 3\n' });
    expect(checked.findings.join()).toMatch(/edit-failed: b\.py/);
  });

  it('changes nothing when the answer has no file, and counts that as an error', async () => {
    const { files, checked } = await parse({ 'a.py': 'A = 1' }, 'Sorry.');
    expect(files).toEqual({ 'a.py': 'A = 1' });
    expect(checked).toMatchObject({ passed: false, errors: 1, findings: [expect.stringMatching(/^no-files/)] });
  });
});

describe('runTests', () => {
  it('fails as SandboxUnavailable, to be tried again, where no sandbox starts', async () => {
    const { run, activities, store } = bench();
    const { reference } = (await run(activities.acceptPlan, plan)) as AcceptedPlan;
    const file = {
      path: 'test_a.py',
      content: await putText(store, ''),
      type: 'test',
      language: 'python',
      truncated: false,
    };
    const draft = { round: 1, files: [file], findings: [], tests: null, testsUnavailable: null, promptVersion: '1' };
    const input = { plan: reference, round: 1, draft: await putDocument(store, draft) };
    const failure = await failureOf(run(activities.runTests, input));
    expect(failure).toMatchObject({
      type: 'SandboxUnavailable',
      nonRetryable: false,
      message: 'it does not start; install it',
    });
  });
});
