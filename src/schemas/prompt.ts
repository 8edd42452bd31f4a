import { z } from 'zod';

const Message = z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string() });

/** One request to a model. The stable part stands first (system, then the first message), so that a vendor can cache it. */
export const Prompt = z.strictObject({
  version: z.string(),
  system: z.string(),
  messages: z.array(Message).min(1),
});
export type Prompt = z.infer<typeof Prompt>;
