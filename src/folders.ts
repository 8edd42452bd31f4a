import { fileURLToPath } from 'node:url';

/** The checkout. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
