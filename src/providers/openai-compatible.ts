import OpenAI from 'openai';
import type { Prompt } from '../schemas/prompt.ts';
import type { Stop } from '../schemas/response.ts';
import { AnswerText } from './answer-text.ts';
import { inOurTerms } from './errors.ts';
import { Chunk, type ChunkUsage, noUsage, usageOf } from './openai-chunk.ts';
import { costOf } from './prices.ts';
import type { Completion, CompletionRequest, Provider, ProviderName, ProviderOptions } from './provider.ts';
import { BrokenAnswer, watchedFetch } from './transport.ts';

/** Where one vendor of OpenAI's format differs from the next. */
export interface Dialect {
  name: ProviderName;
  baseUrl: string;
  /** OpenAI's newer models refuse `max_tokens`; other servers may know nothing else. */
  tokenParam: 'max_tokens' | 'max_completion_tokens';
  /** The limit unless the operator sets one. Null sends none: a server refuses more than its context holds. */
  maxTokens: number | null;
  headers?: Record<string, string>;
  /** Whether the model caches only what is marked. Elsewhere a mark may be an error. */
  marksCache?: (model: string) => boolean;
}

const stops: Record<string, Stop> = { stop: 'complete', length: 'truncated', content_filter: 'refused' };

/** Any vendor or server that speaks OpenAI's chat completions. */
export function openaiCompatible(dialect: Dialect, options: ProviderOptions): Provider {
  const { name } = dialect;
  const { secrets } = options;
  const client = clientFor(dialect, options);
  const limit = options.maxOutputTokens ?? dialect.maxTokens;
  const ask = async (request: CompletionRequest) =>
    completion(name, request, await listen(client, dialect, limit, request));
  return {
    name,
    complete: (request) => inOurTerms(ask(request), request.signal, { provider: name, model: request.model, secrets }),
  };
}

const clientFor = ({ baseUrl, headers }: Dialect, options: ProviderOptions): OpenAI =>
  new OpenAI({
    apiKey: options.key.reveal(),
    baseURL: options.baseUrl ?? baseUrl,
    // Null, or the SDK sends OpenAI's own identifiers from the environment to whoever answers here.
    organization: null,
    project: null,
    adminAPIKey: null,
    maxRetries: 0,
    logLevel: 'off', // the SDK would print what it cannot parse
    defaultHeaders: headers,
    fetch: watchedFetch(options.deadlines),
  });

/** What a stream said, chunk by chunk. */
interface Heard {
  text: AnswerText;
  refusal: string;
  finishReason: string | null;
  model: string | null;
  requestId: string | null;
  usage: ChunkUsage | null;
}

async function listen(
  client: OpenAI,
  { tokenParam, marksCache }: Dialect,
  limit: number | null,
  { model, prompt, signal, onProgress }: CompletionRequest,
): Promise<Heard> {
  const body = {
    model,
    messages: messagesOf(prompt, marksCache?.(model) ?? false),
    stream: true,
    stream_options: { include_usage: true },
    ...(limit !== null && { [tokenParam]: limit }),
  } as const;
  const { data: stream, response } = await client.chat.completions.create(body, { signal }).withResponse();
  const heard: Heard = {
    text: new AnswerText(onProgress),
    refusal: '',
    finishReason: null,
    model: null,
    requestId: response.headers.get('x-request-id') ?? response.headers.get('x-generation-id'),
    usage: null,
  };
  for await (const event of stream) note(heard, Chunk.parse(event));
  return heard;
}

function note(heard: Heard, { id, model, choices: [choice], usage }: Chunk): void {
  heard.text.add(choice?.delta?.content ?? '');
  heard.refusal += choice?.delta?.refusal ?? '';
  heard.finishReason = choice?.finish_reason ?? heard.finishReason;
  heard.model ??= model ?? null;
  heard.requestId ??= id ?? null;
  heard.usage = usage ?? choice?.usage ?? heard.usage;
}

/** The SDK ends a cut stream without a word: only a known finish reason tells a whole answer from a part of one. */
function completion(provider: ProviderName, request: CompletionRequest, heard: Heard): Completion {
  const stop = stops[heard.finishReason ?? ''];
  if (heard.finishReason === null || stop === undefined)
    throw new BrokenAnswer(`the answer ended unfinished, with the finish reason ${heard.finishReason}`);
  const model = heard.model ?? request.model;
  const usage = heard.usage && usageOf(heard.usage);
  return {
    text: heard.text.toString() || heard.refusal,
    stop: heard.refusal ? 'refused' : stop,
    stopReason: heard.refusal ? 'refusal' : heard.finishReason,
    model,
    usage: usage ?? noUsage,
    costUsd: heard.usage?.cost ?? (usage && costOf(provider, model, usage)),
    requestId: heard.requestId,
  };
}

/** A cache mark at the end of the first message covers what every round of a run begins with, the system prompt included. */
function messagesOf({ system, messages }: Prompt, marked: boolean): OpenAI.ChatCompletionMessageParam[] {
  return [
    { role: 'system', content: system },
    ...messages.map(({ role, content }, index) => ({
      role,
      content: marked && index === 0 ? [markedText(content)] : content,
    })),
  ];
}

const markedText = (text: string) => ({ type: 'text' as const, text, cache_control: { type: 'ephemeral' } });
