import Anthropic from '@anthropic-ai/sdk';
import type { Prompt } from '../schemas/prompt.ts';
import type { Stop } from '../schemas/response.ts';
import type { Usage } from '../schemas/usage.ts';
import { AnswerText } from './answer-text.ts';
import { inOurTerms } from './errors.ts';
import { costOf } from './prices.ts';
import type { Completion, CompletionRequest, Provider, ProviderOptions } from './provider.ts';
import { BrokenAnswer, watchedFetch } from './transport.ts';

const name = 'anthropic';

/** The API demands a limit; this one is within what every current Claude may write, its thinking included. */
const defaultMaxTokens = 64_000;

const stops: Record<string, Stop> = {
  end_turn: 'complete',
  stop_sequence: 'complete',
  max_tokens: 'truncated',
  model_context_window_exceeded: 'truncated',
  refusal: 'refused',
};

/** Claude, from Anthropic itself. */
export function anthropic({ key, baseUrl, deadlines, maxOutputTokens, secrets }: ProviderOptions): Provider {
  const client = new Anthropic({
    apiKey: key.reveal(),
    baseURL: baseUrl ?? 'https://api.anthropic.com',
    maxRetries: 0,
    logLevel: 'off', // the SDK would print what it cannot parse
    fetch: watchedFetch(deadlines),
  });
  const ask = (request: CompletionRequest) => answer(client, request, maxOutputTokens ?? defaultMaxTokens);
  return {
    name,
    complete: (request) => inOurTerms(ask(request), request.signal, { provider: name, model: request.model, secrets }),
  };
}

async function answer(
  client: Anthropic,
  { model, prompt, signal, onProgress }: CompletionRequest,
  maxTokens: number,
): Promise<Completion> {
  const progress = new AnswerText(onProgress);
  const stream = client.messages.stream(
    { model, max_tokens: maxTokens, system: prompt.system, messages: messagesOf(prompt) },
    { signal },
  );
  stream.on('text', (delta) => progress.add(delta));
  const message = await stream.finalMessage();
  const usage = usageOf(message.usage);
  const stop = stops[message.stop_reason ?? ''];
  if (message.stop_reason === null || stop === undefined)
    throw new BrokenAnswer(`the answer ended unfinished, with the stop reason ${message.stop_reason}`);
  return {
    // A thinking block may stand first, and text may come in several blocks.
    text: message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    stop,
    stopReason: message.stop_reason,
    model: message.model,
    usage,
    costUsd: costOf(name, message.model, usage),
    requestId: stream.request_id ?? null,
  };
}

/** What every round of a run begins with, the system prompt and the first message, goes into the vendor's cache. */
const messagesOf = ({ messages }: Prompt): Anthropic.MessageParam[] =>
  messages.map(({ role, content }, index) => ({
    role,
    content: index === 0 ? [{ type: 'text', text: content, cache_control: { type: 'ephemeral' } }] : content,
  }));

/** The vendor counts what went through its cache apart from the rest of the input. */
function usageOf(usage: Anthropic.Usage): Usage {
  const cacheRead = usage.cache_read_input_tokens ?? 0;
  const cacheWrite = usage.cache_creation_input_tokens ?? 0;
  return {
    input: usage.input_tokens + cacheRead + cacheWrite,
    cacheRead,
    cacheWrite,
    output: usage.output_tokens,
    reasoning: usage.output_tokens_details?.thinking_tokens ?? 0,
  };
}
