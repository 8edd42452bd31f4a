import type { Stop } from '../schemas/response.ts';
import type { Usage } from '../schemas/usage.ts';

/** An answer, cut into the chunks in which it is sent. */
export interface WireAnswer {
  model: string;
  chunks: string[];
  thinking: string;
  stop: Stop;
  usage: Usage;
}

/** Whose streaming format a request came in, and so its answer goes out. */
export type WireFormat = 'anthropic' | 'openai';

/** The frames of one streamed answer, each a server-sent event. */
export const frames: Record<WireFormat, (answer: WireAnswer) => string[]> = { anthropic, openai };

const anthropicStop: Record<Stop, string> = { complete: 'end_turn', truncated: 'max_tokens', refused: 'refusal' };

function anthropic({ model, chunks, thinking, stop, usage }: WireAnswer): string[] {
  const inputSide = {
    input_tokens: usage.input - usage.cacheRead - usage.cacheWrite,
    cache_creation_input_tokens: usage.cacheWrite,
    cache_read_input_tokens: usage.cacheRead,
  };
  const outputSide = { output_tokens: usage.output, output_tokens_details: { thinking_tokens: usage.reasoning } };
  const started = { stop_reason: null, stop_sequence: null, usage: { ...inputSide, output_tokens: 1 } };
  const blocks = [
    ...(thinking ? [{ type: 'thinking', field: 'thinking', chunks: [thinking] }] : []),
    { type: 'text', field: 'text', chunks },
  ];
  return [
    {
      type: 'message_start',
      message: { id: 'msg_scripted', type: 'message', role: 'assistant', model, content: [], ...started },
    },
    ...blocks.flatMap(anthropicBlock),
    { type: 'message_delta', delta: { stop_reason: anthropicStop[stop], stop_sequence: null }, usage: outputSide },
    { type: 'message_stop' },
  ].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

const anthropicBlock = (block: { type: string; field: string; chunks: string[] }, index: number) => [
  { type: 'content_block_start', index, content_block: { type: block.type, [block.field]: '' } },
  ...block.chunks.map((chunk) => ({
    type: 'content_block_delta',
    index,
    delta: { type: `${block.type}_delta`, [block.field]: chunk },
  })),
  { type: 'content_block_stop', index },
];

const openaiStop: Record<Stop, string> = { complete: 'stop', truncated: 'length', refused: 'content_filter' };

function openai({ model, chunks, thinking, stop, usage }: WireAnswer): string[] {
  const head = { id: 'chatcmpl-scripted', object: 'chat.completion.chunk', created: 0, model };
  const choice = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason }],
  });
  return [
    choice({ role: 'assistant', content: '' }),
    ...(thinking ? [choice({ reasoning_content: thinking })] : []),
    ...chunks.map((content) => choice({ content })),
    choice({}, openaiStop[stop]),
    { ...head, choices: [], usage: openaiUsage(usage) },
  ]
    .map((event) => `data: ${JSON.stringify(event)}\n\n`)
    .concat('data: [DONE]\n\n');
}

const openaiUsage = ({ input, cacheRead, cacheWrite, output, reasoning }: Usage) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
  completion_tokens_details: { reasoning_tokens: reasoning },
});
