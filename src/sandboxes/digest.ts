import { createHash } from 'node:crypto';

/** Short, for names of staged folders. */
export const digest = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
