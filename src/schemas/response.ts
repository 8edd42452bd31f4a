import { z } from 'zod';
import { Reference } from './reference.ts';
import { Usage } from './usage.ts';

/** How an answer ended: whole, cut at a length limit, or refused by the vendor. */
export const Stop = z.enum(['complete', 'truncated', 'refused']);
export type Stop = z.infer<typeof Stop>;

/** A recorded answer. `costUsd` is null where no price is known; `stopReason` is the vendor's own word. */
export const ModelResponse = z.strictObject({
  summary: z.string(),
  text: Reference,
  stop: Stop,
  stopReason: z.string(),
  provider: z.string(),
  model: z.string(),
  usage: Usage,
  costUsd: z.number().nonnegative().nullable(),
  requestId: z.string().nullable(),
});
export type ModelResponse = z.infer<typeof ModelResponse>;
