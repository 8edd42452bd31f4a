import { once } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { keyVariable, loadConfig } from '../../src/config.ts';
import type { ScriptedFault, ScriptedModel } from '../../src/demo/scripted-model.ts';
import { createProviders } from '../../src/providers/index.ts';
import { providerNames } from '../../src/providers/provider.ts';
import { cutsSocket, endsEarly, failsInside, replies, saysNothing, stalls } from '../support/model-faults.ts';
import { against, ask, failureOf, keyOf, models, patient, providerAt } from '../support/provider-bench.ts';

const story = 'A parser reads a text from its beginning to its end, and keeps what it has understood. '.repeat(3);

describe.each(providerNames)('%s', (name) => {
  it('returns the whole text, without the thinking in front of it', async () => {
    const { provider } = await against(name, { text: story, thinking: 'What is a parser?' });
    expect(await ask(provider)).toMatchObject({
      text: story,
      stop: 'complete',
      model: models[name],
      requestId: 'req_scripted',
    });
  });

  it('reports progress while the text grows', async () => {
    const { provider } = await against(name, { text: story });
    const steps: number[] = [];
    let tail = '';
    await ask(provider, {
      onProgress: (progress) => {
        steps.push(progress.characters);
        tail = progress.tail;
      },
    });
    expect(steps.length).toBeGreaterThan(3);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)).toBe(story.length);
    expect(story.endsWith(tail) && tail.length > 0).toBe(true);
  });

  it('counts the input with what the cache gave and took', async () => {
    const usage = { input: 10_000, cacheRead: 6_000, cacheWrite: 1_000, output: 500, reasoning: 200 };
    const { provider } = await against(name, { text: story, usage });
    const completion = await ask(provider);
    expect(completion.usage).toEqual(usage);
    expect(completion.costUsd).toBeGreaterThan(0);
  });

  it('has no price for a model that nobody knows', async () => {
    const { provider } = await against(name, { text: story });
    expect(await ask(provider, { model: 'nobody/knows-1' })).toMatchObject({ costUsd: null, model: 'nobody/knows-1' });
  });

  it.each(['truncated', 'refused'] as const)('calls an answer %s where the vendor does', async (stop) => {
    const { provider } = await against(name, { text: story, stop });
    expect(await ask(provider)).toMatchObject({ stop, text: story });
  });

  it.each([
    [400, 'rejected'],
    [401, 'rejected'],
    [402, 'rejected'],
    [403, 'rejected'],
    [404, 'rejected'],
    [413, 'rejected'],
    [422, 'rejected'],
    [408, 'unavailable'],
    [409, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [529, 'unavailable'],
  ])('takes status %i for %s, and asks once', async (status, kind) => {
    const body = { type: 'error', error: { type: 'some_error', message: 'no luck today' } };
    const headers = { 'request-id': 'req_77', 'x-request-id': 'req_77' };
    const { provider, model } = await against(name, replies({ status, body, headers }));
    const error = await failureOf(ask(provider));
    expect(error.kind).toBe(kind);
    for (const part of [name, models[name], 'no luck today', `status ${status}`, 'some_error', 'req_77'])
      expect(error.message).toContain(part);
    expect(model.requests).toHaveLength(1);
  });

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after-ms': '250', 'retry-after': '7' }, 250],
    [{}, null],
  ])('hands on the delay that the vendor asks for: %j', async (headers, retryAfterMs) => {
    const body = { error: { message: 'slow down' } };
    const { provider } = await against(name, replies({ status: 429, body, headers }));
    expect(await failureOf(ask(provider))).toMatchObject({ kind: 'unavailable', retryAfterMs });
  });

  it('names the variable to check where the key is refused', async () => {
    const { provider } = await against(name, replies({ status: 401, body: { error: { message: 'bad key' } } }));
    expect((await failureOf(ask(provider))).message).toContain(`check ${name.toUpperCase()}_API_KEY`);
  });

  it('says that a proxy answered where a web page comes back', async () => {
    const body = '<!doctype html><html><style>b{}</style><body><h1>Access denied</h1> by policy</body></html>';
    for (const status of [403, 200]) {
      const page = replies({ status, body, headers: { 'content-type': 'text/html' } });
      const { provider } = await against(name, page);
      const error = await failureOf(ask(provider));
      expect(error.kind).toBe('rejected');
      expect(error.message).toMatch(/Access denied by policy.*proxy or firewall answered/);
    }
  });

  it('takes an error inside a stream for the status that its type stands for', async () => {
    const overloaded = { type: 'overloaded_error', message: 'Overloaded' };
    const busy = await against(name, failsInside({ text: story }, overloaded));
    expect(await failureOf(ask(busy.provider))).toMatchObject({ kind: 'unavailable' });
    expect(busy.model.requests).toHaveLength(1);
    const refused = { type: 'permission_error', message: 'Not yours' };
    const { provider } = await against(name, failsInside({ text: story }, refused));
    expect(await failureOf(ask(provider))).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('Not yours'),
    });
  });

  it('takes an error inside a 200 answer that is no stream for what it is', async () => {
    const body = { type: 'error', error: { type: 'rate_limit_error', message: 'Too many' } };
    const { provider } = await against(name, replies({ status: 200, body, headers: { 'retry-after': '3' } }));
    const error = await failureOf(ask(provider));
    expect(error).toMatchObject({ kind: 'unavailable', retryAfterMs: 3000 });
    expect(error.message).toContain('Too many');
  });

  it('keeps a whole answer that is no stream out of the message', async () => {
    const { provider } = await against(name, replies({ status: 200, body: { content: 'the secret recipe' } }));
    const { message } = await failureOf(ask(provider));
    expect(message).toContain('no stream');
    expect(message).not.toContain('recipe');
  });

  it.each([
    ['a clean end without a stop reason', endsEarly],
    ['a cut socket', cutsSocket],
  ])('never takes %s for a short answer', async (_, fault) => {
    const { provider, model } = await against(name, fault({ text: story }));
    expect(await failureOf(ask(provider))).toMatchObject({ kind: 'unavailable' });
    expect(model.requests).toHaveLength(1);
  });

  it('takes a stream that cannot be read for a failure of the vendor', async () => {
    const { provider } = await against(name, (response) => {
      const event = name === 'anthropic' ? 'event: message_start\n' : '';
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${event}data: {"half":\n\n`);
    });
    expect(await failureOf(ask(provider))).toMatchObject({ kind: 'unavailable' });
  });

  it('names the deadline for the first byte, and hangs up', async () => {
    const { provider, model } = await against(name, saysNothing, { ...patient, firstByteMs: 100 });
    const error = await failureOf(ask(provider));
    expect(error).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('no first byte for 0.1 s (PTC_FIRST_BYTE_SECONDS)'),
    });
    await hangUp(model);
  });

  it('names the deadline between two chunks, and hangs up', async () => {
    const { provider, model } = await against(name, stalls({ text: story }), { ...patient, silenceMs: 100 });
    const error = await failureOf(ask(provider));
    expect(error).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('silent between two chunks for 0.1 s (PTC_SILENCE_SECONDS)'),
    });
    await hangUp(model);
  });

  it.each([
    ['before the first byte', saysNothing],
    ['in the middle of a stream', stalls({ text: story })],
  ])('carries an abort %s to the socket, and rethrows its reason', async (_, fault) => {
    const caller = new AbortController();
    const reason = new Error('the run is over');
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { provider, model } = await against(name, async (response, request) => {
      await fault(response, request);
      if (fault === saysNothing) arrived();
    });
    const answer = ask(provider, { signal: caller.signal, onProgress: arrived });
    await arrival;
    caller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    await hangUp(model);
  });

  it('asks for nothing when its caller has given up before', async () => {
    const { provider, model } = await against(name, { text: story });
    const reason = new Error('too late');
    await expect(ask(provider, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(model.requests).toHaveLength(0);
  });

  it('shows no key, though the vendor echoes one', async () => {
    const echo = `${'x'.repeat(260)} you sent ${keyOf(name)} and sk-other-98765`;
    const faults: ScriptedFault[] = [
      replies({
        status: 401,
        body: { error: { message: echo, type: keyOf(name) } },
        headers: { 'x-request-id': keyOf(name), 'request-id': keyOf(name) },
      }),
      replies({ status: 403, body: `<html>${echo}</html>`, headers: { 'content-type': 'text/html' } }),
      failsInside({ text: story }, { type: 'authentication_error', message: echo }),
    ];
    for (const fault of faults) {
      const { provider } = await against(name, fault);
      const error = await failureOf(ask(provider));
      const shown = inspect(error, { depth: 9 });
      for (const part of [keyOf(name), '0123456789', 'sk-other', 'sk-']) expect(shown).not.toContain(part);
      expect(shown).toContain('[redacted]');
    }
  });

  it('says what to do where nothing listens', async () => {
    const { provider, model } = await against(name, saysNothing);
    await model.close();
    const error = await failureOf(ask(provider));
    expect(error.kind).toBe('unavailable');
    expect(error.message).toContain('ECONNREFUSED');
    expect(error.message).toContain(`check ${name.toUpperCase()}_BASE_URL`);
  });

  it('says what to do where the host name is unknown, and where no TLS is spoken', async () => {
    const lost = await failureOf(ask(providerAt(name, 'http://vendor.invalid/v1')));
    expect(lost).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('the host name was not found'),
    });
    const { model } = await against(name, saysNothing);
    const plain = await failureOf(ask(providerAt(name, model.url.replace('http:', 'https:'))));
    expect(plain).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('does not speak TLS') });
  });
});

const settings = loadConfig(process.env, { envFile: 'no-such-file' });
const live = createProviders(settings);

describe.each(providerNames)('live: %s', (name) => {
  const provider = live[name];
  it.skipIf(provider === undefined)(`answers with the key in ${keyVariable(name)}`, { timeout: 90_000 }, async () => {
    const words = 'Answer with one word: ready';
    const completion = await provider?.complete({
      model: settings.providers[name].model ?? models[name],
      prompt: { version: '1', system: 'You are brief.', messages: [{ role: 'user', content: words }] },
      signal: AbortSignal.timeout(80_000),
    });
    expect(completion).toMatchObject({ text: expect.stringMatching(/ready/i), stop: 'complete' });
    expect(completion?.usage.input).toBeGreaterThan(0);
    expect(completion?.usage.output).toBeGreaterThan(0);
  });
});

async function hangUp({ requests }: ScriptedModel): Promise<void> {
  const [request] = requests;
  if (request && !request.hungUp.aborted) await once(request.hungUp, 'abort');
  expect(requests).toHaveLength(1);
}
