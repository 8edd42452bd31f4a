/** What a worker may serve, a queue each, so that model calls and sandbox runs have slots of their own. */
export const roles = ['workflows', 'models', 'sandbox'] as const;
export type Role = (typeof roles)[number];
