import { z } from 'zod';
import type { Usage } from '../schemas/usage.ts';

const Count = z.number().nonnegative().transform(Math.round).catch(0);
const Text = z.string().nullish().catch(null);

/** Tokens as the vendors of OpenAI's format count them, each with a place of its own for what came from a cache. */
const ChunkUsage = z.object({
  prompt_tokens: Count,
  completion_tokens: Count,
  prompt_tokens_details: z.object({ cached_tokens: Count, cache_write_tokens: Count }).nullish().catch(null),
  completion_tokens_details: z.object({ reasoning_tokens: Count }).nullish().catch(null),
  cached_tokens: Count, // Kimi
  cost: z.number().nonnegative().nullish().catch(null), // OpenRouter, US dollars
});
export type ChunkUsage = z.infer<typeof ChunkUsage>;

const Choice = z.object({
  delta: z.object({ content: Text, refusal: Text }).nullish().catch(null),
  finish_reason: Text,
  usage: ChunkUsage.nullish().catch(null), // Kimi, in its last chunk
});

/** What counts of a chunk. The vendors keep less than OpenAI's types promise, so each part may be missing. */
export const Chunk = z.object({
  id: Text,
  model: Text,
  choices: z.array(Choice).catch([]),
  usage: ChunkUsage.nullish().catch(null),
});

export type Chunk = z.infer<typeof Chunk>;

export const noUsage: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

export const usageOf = (usage: ChunkUsage): Usage => ({
  input: usage.prompt_tokens,
  cacheRead: usage.prompt_tokens_details?.cached_tokens || usage.cached_tokens,
  cacheWrite: usage.prompt_tokens_details?.cache_write_tokens ?? 0,
  output: usage.completion_tokens,
  reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
});
