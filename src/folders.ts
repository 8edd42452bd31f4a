import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** What PTC keeps from one time to the next: the dev server's database, the store, downloads. Never a toolchain for the sandbox. */
export const stateFolder = process.env['PTC_STATE_DIR'] || join(projectFolder, '.ptc');
