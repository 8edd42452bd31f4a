import { z } from 'zod';

/** White space as Python's `str.strip()` sees it; ROMA decides with it what is blank. */
const pythonSpace = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const outerSpace = new RegExp(`^${pythonSpace}+|${pythonSpace}+$`, 'g');

export const strip = (text: string): string => text.replace(outerSpace, '');

/** Text with something in it, trimmed. */
export const NonBlank = z.string().transform(strip).pipe(z.string().min(1, 'must not be blank'));
