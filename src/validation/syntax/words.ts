import type { FirstError } from './first-error.ts';

const longestQuote = 40;

/** What may be said to be missing: a parser would mend a text with any token, the first that fits. */
const closers = new Set(['}', ')', ']', '"', "'", '`', 'end', 'fi', 'done', 'esac', '>']);
const sayable = new Set([...closers, ';', ',', ':', '=>', 'then', 'do', 'in', '|']);

/** The token that is missing, where one can be told. */
export function missingToken(error: FirstError, content: string): string | null {
  const { missing, found } = error;
  if (found === '') return missing !== null && closers.has(missing) ? missing : null;
  if (missing === null || closers.has(missing)) return separatorBefore(error, content) ?? missing;
  return sayable.has(missing) ? missing : null;
}

/** Between two lines a separator is likelier to be missing than a bracket, if one may stand there. */
function separatorBefore({ missing, expected, after, at, found }: FirstError, content: string): string | null {
  const isNextLine = content.slice(after, at).includes('\n');
  const endsItself = expected.some((symbol) => /\n|\\n|automatic_semicolon|newline|line_break/.test(symbol));
  const line = content.slice(0, after).split('\n').at(-1) ?? '';
  if (!isNextLine || endsItself || found === '}' || !/[\w)\]"']$/.test(line) || /\/\/|^\s*[#*]/.test(line)) return null;
  const [first, second] = missing === null ? [';', ','] : [',', ';'];
  return [first, second].find((symbol) => symbol && expected.includes(symbol)) ?? null;
}

/** Expected what, after what, and found what. */
export function expectation(error: FirstError, content: string): string {
  const missing = missingToken(error, content);
  const where = after(content.slice(0, error.after));
  if (error.found === '') {
    return missing === null
      ? `The file ends too early${where}`
      : `The file ends where ${quote(missing)} is expected${where}`;
  }
  const [found = ''] = error.found.split('\n', 1);
  return missing === null
    ? `Unexpected ${quote(found)}${where}`
    : `Expected ${quote(missing)}${where}, found ${quote(found)}`;
}

/** The last words of the text, for a place without a line of its own. */
function after(text: string): string {
  const line = text.trimEnd().slice(-200).split('\n').at(-1) ?? '';
  const words = /(?:\S+ +){0,2}\S+$/.exec(line)?.[0];
  return words === undefined ? '' : ` after ${quote(words)}`;
}

export const quote = (text: string): string => {
  const short = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return short.includes('`') ? `"${short}"` : `\`${short}\``;
};
