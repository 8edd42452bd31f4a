import { z } from 'zod';

/** Where a text or file stands in the store: its SHA-256 in hex, and its size. What stages pass instead of content. */
export const Reference = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().nonnegative(),
});
export type Reference = z.infer<typeof Reference>;
