import { z } from 'zod';

const Count = z.int().nonnegative();

/**
 * Tokens of one model call. `input` is everything the vendor read, what came from or went into its cache included;
 * `reasoning` is a part of `output`.
 */
export const Usage = z.strictObject({
  input: Count,
  cacheRead: Count,
  cacheWrite: Count,
  output: Count,
  reasoning: Count,
});
export type Usage = z.infer<typeof Usage>;

/** All calls to one model of one provider, as ROMA reads them. `cost_usd` is null where a price is not known. */
export const LlmUsage = z.strictObject({
  provider: z.string(),
  model: z.string(),
  prompt_tokens: Count,
  completion_tokens: Count,
  total_tokens: Count,
  api_calls: Count,
  cost_usd: z.number().nonnegative().nullable(),
});
export type LlmUsage = z.infer<typeof LlmUsage>;
