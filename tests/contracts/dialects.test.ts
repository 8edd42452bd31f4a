import { describe, expect, it, vi } from 'vitest';
import { startScriptedModel } from '../../src/demo/scripted-model.ts';
import { type ProviderName, providerNames } from '../../src/providers/provider.ts';
import { failsInside, replies, sends } from '../support/model-faults.ts';
import { against, ask, failureOf, keyOf, providerWith } from '../support/provider-bench.ts';

const conversation = {
  version: '1',
  system: 'You write code.',
  messages: [
    { role: 'user' as const, content: 'the plan' },
    { role: 'assistant' as const, content: 'a draft' },
    { role: 'user' as const, content: 'what failed' },
  ],
};
const done = { text: 'done' };

/** What a provider sends for a conversation, to a server of one's own. */
async function sent(name: ProviderName, model?: string) {
  const bench = await against(name, done);
  await ask(bench.provider, { prompt: conversation, ...(model && { model }) });
  const [request] = bench.model.requests;
  if (request === undefined) throw new Error('nothing was sent');
  return request;
}

describe('what every vendor is sent', () => {
  it.each(providerNames)(
    '%s: the whole conversation as a stream, the key in its header, no sampling settings',
    async (name) => {
      const { messages, body, headers } = await sent(name);
      expect(messages).toEqual([
        { role: 'system', text: conversation.system },
        ...conversation.messages.map(({ role, content }) => ({ role, text: content })),
      ]);
      expect(headers.authorization).toBe(`Bearer ${keyOf(name)}`);
      expect(body['stream']).toBe(true);
      for (const refused of ['temperature', 'top_p', 'top_k']) expect(body).not.toHaveProperty(refused);
    },
  );

  it.each([
    ['anthropic', 'https://api.anthropic.com/v1/messages', 'max_tokens'],
    ['openrouter', 'https://openrouter.ai/api/v1/chat/completions', 'max_tokens'],
    ['kimi', 'https://api.moonshot.ai/v1/chat/completions', 'max_completion_tokens'],
    ['openai', 'https://api.openai.com/v1/chat/completions', 'max_completion_tokens'],
  ] as const)('%s: goes to %s with %s, unless told otherwise', async (name, address, tokenParam) => {
    const model = await startScriptedModel({ answers: () => done });
    const addresses: string[] = [];
    const realFetch = globalThis.fetch;
    vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
      addresses.push(input);
      const path = new URL(input).pathname.replace('/api', '');
      return realFetch(`${model.url}${path}`, init);
    });
    try {
      await ask(providerWith(name, {}));
      await ask(providerWith(name, { PTC_MAX_OUTPUT_TOKENS: '4096' }));
    } finally {
      vi.unstubAllGlobals();
      await model.close();
    }
    expect(addresses).toEqual([address, address]);
    expect(model.requests.map(({ body }) => body[tokenParam])).toEqual([64_000, 4096]);
  });
});

describe('anthropic', () => {
  it('marks the first message alone for the cache, since what follows changes with each round', async () => {
    const { body, headers } = await sent('anthropic');
    expect(headers['anthropic-version']).toBe('2026-10-21');
    expect(body['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'the plan', cache_control: { type: 'ephemeral' } }] },
      { role: 'assistant', content: 'a draft' },
      { role: 'user', content: 'what failed' },
    ]);
  });

  it.each(['enforced_spend_limit_reached', 'contract_spend_limit_reached'])(
    'does not wait for %s to pass',
    async (error_code) => {
      const error = { type: 'rate_limit_error', message: 'Spend limit', details: { error_code } };
      const { provider } = await against(
        'anthropic',
        replies({ status: 429, body: { type: 'error', error }, headers: { 'retry-after': '9' } }),
      );
      expect(await failureOf(ask(provider))).toMatchObject({
        kind: 'rejected',
        retryAfterMs: null,
        message: expect.stringContaining('spending limit of the account behind ANTHROPIC_API_KEY'),
      });
    },
  );

  it('waits where a limit only grows too fast', async () => {
    const error = { type: 'rate_limit_error', message: 'Ramp', details: { error_code: 'ramp_limit_exceeded' } };
    const { provider } = await against('anthropic', replies({ status: 429, body: { type: 'error', error } }));
    expect(await failureOf(ask(provider))).toMatchObject({ kind: 'unavailable' });
  });

  it('calls an answer that fills the context window truncated, and joins all blocks of text', async () => {
    const text = (index: number, part: string) => [
      { type: 'content_block_start', index, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index, delta: { type: 'text_delta', text: part } },
      { type: 'content_block_stop', index },
    ];
    const usage = {
      input_tokens: 5,
      cache_creation_input_tokens: null,
      cache_read_input_tokens: null,
      output_tokens: 2,
    };
    const message = {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: 'claude-dated',
      content: [],
      stop_reason: null,
      usage,
    };
    const events = [
      { type: 'message_start', message },
      ...text(0, 'one '),
      ...text(1, 'two'),
      { type: 'message_delta', delta: { stop_reason: 'model_context_window_exceeded' }, usage: { output_tokens: 7 } },
      { type: 'message_stop' },
    ];
    const { provider } = await against('anthropic', (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
    });
    expect(await ask(provider)).toMatchObject({
      text: 'one two',
      stop: 'truncated',
      stopReason: 'model_context_window_exceeded',
      model: 'claude-dated',
      usage: { input: 5, cacheRead: 0, cacheWrite: 0, output: 7 },
    });
  });
});

describe('openrouter', () => {
  it('marks the cache for models of Anthropic, and for no other', async () => {
    const marked = {
      role: 'user',
      content: [{ type: 'text', text: 'the plan', cache_control: { type: 'ephemeral' } }],
    };
    expect((await sent('openrouter', 'anthropic/claude-sonnet-5.5')).body['messages']).toContainEqual(marked);
    expect(JSON.stringify((await sent('openrouter', 'moonshotai/kimi-k3')).body)).not.toContain('cache_control');
  });

  it('takes what OpenRouter itself says that an answer cost', async () => {
    const usage = { prompt_tokens: 100, completion_tokens: 10, cost: 0.0421 };
    const { provider } = await against(
      'openrouter',
      sends(() => [finished('hello', { usage })], { 'x-generation-id': 'gen-1' }),
    );
    expect(await ask(provider)).toMatchObject({ text: 'hello', costUsd: 0.0421, requestId: 'gen-1' });
  });

  it.each([
    [402, {}, 'rejected'],
    [402, { metadata: { limit_source: 'openrouter_in_flight_budget' } }, 'unavailable'],
    [403, {}, 'rejected'],
    [429, {}, 'unavailable'],
    [502, {}, 'unavailable'],
  ])('takes code %i %j, in a 200 answer or in a stream, for that status: %s', async (code, more, kind) => {
    const error = { code, message: 'from upstream', ...more };
    for (const fault of [replies({ status: 200, body: { error } }), failsInside(done, error)]) {
      const { provider } = await against('openrouter', fault);
      const failure = await failureOf(ask(provider));
      expect(failure.kind).toBe(kind);
      expect(failure.message).toContain(`status ${code}`);
      expect(failure.message).toContain('from upstream');
    }
  });

  it('never takes an answer that ended with an error for a whole one', async () => {
    const { provider } = await against(
      'openrouter',
      sends(() => [finished('half', { finish_reason: 'error' })]),
    );
    expect(await failureOf(ask(provider))).toMatchObject({ kind: 'unavailable' });
  });
});

describe('kimi', () => {
  const usage = { prompt_tokens: 900, completion_tokens: 50, cached_tokens: 700 };

  it.each([
    ['at the end of the stream', [finished('hi'), { id: 'c', model: 'kimi-k3', choices: [], usage }]],
    [
      'inside the last choice',
      [{ id: 'c', model: 'kimi-k3', choices: [{ delta: { content: 'hi' }, finish_reason: 'stop', usage }] }],
    ],
  ])('reads its cached tokens %s', async (_, events) => {
    const { provider } = await against(
      'kimi',
      sends(() => events),
    );
    const completion = await ask(provider);
    expect(completion.usage).toEqual({ input: 900, cacheRead: 700, cacheWrite: 0, output: 50, reasoning: 0 });
    // 200 tokens at $3, 700 from the cache at $0.30, 50 written at $15, each per million.
    expect(completion.costUsd).toBeCloseTo(0.00156, 10);
  });

  it('does not wait for a used-up quota to come back', async () => {
    const error = { type: 'exceeded_current_quota_error', message: 'please recharge' };
    const { provider } = await against('kimi', replies({ status: 429, body: { error } }));
    expect(await failureOf(ask(provider))).toMatchObject({ kind: 'rejected' });
  });
});

describe('openai', () => {
  it('does not wait for a used-up quota to come back', async () => {
    const error = { type: 'insufficient_quota', code: 'insufficient_quota', message: 'check your plan' };
    const { provider } = await against('openai', replies({ status: 429, body: { error } }));
    expect(await failureOf(ask(provider))).toMatchObject({ kind: 'rejected' });
  });

  it('calls a refusal in words of its own refused', async () => {
    const { provider } = await against(
      'openai',
      sends(() => [{ choices: [{ delta: { refusal: 'I cannot.' }, finish_reason: 'stop' }] }]),
    );
    expect(await ask(provider)).toMatchObject({ stop: 'refused', text: 'I cannot.' });
  });
});

describe('an OpenAI-compatible server of ones own', () => {
  it('is sent no limit that may exceed its context, and max_tokens where one is set', async () => {
    const { body } = await sent('openai');
    expect(body).not.toHaveProperty('max_tokens');
    expect(body).not.toHaveProperty('max_completion_tokens');
    const model = await startScriptedModel({ answers: () => done });
    await ask(providerWith('openai', { OPENAI_BASE_URL: `${model.url}/v1`, PTC_MAX_OUTPUT_TOKENS: '2048' }));
    expect(model.requests[0]?.body['max_tokens']).toBe(2048);
    await model.close();
  });

  it('may say nothing about tokens: then the cost is unknown, never zero', async () => {
    const { provider } = await against(
      'openai',
      sends(() => [finished('hello')]),
    );
    expect(await ask(provider)).toMatchObject({ text: 'hello', costUsd: null, usage: { input: 0, output: 0 } });
  });

  it('may answer with an error in a form of its own, which is quoted', async () => {
    const { provider } = await against(
      'openai',
      replies({ status: 422, body: { detail: 'context of 8192 exceeded' } }),
    );
    expect((await failureOf(ask(provider))).message).toContain('context of 8192 exceeded');
  });

  it('gets nothing of what the environment says about OpenAI', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-hush');
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-hush');
    try {
      expect(JSON.stringify((await sent('kimi')).headers)).not.toContain('hush');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

function finished(content: string, { finish_reason = 'stop', ...more }: Record<string, unknown> = {}) {
  return { id: 'chatcmpl-1', model: 'kimi-k3', choices: [{ index: 0, delta: { content }, finish_reason }], ...more };
}
