/**
 * Plan text is data: whatever it looks like, it cannot open a heading, a fence or a list of its own,
 * since every line of it stands behind a mark.
 */
export const quote = (text: string): string =>
  lines(text)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

/** Text on one line, for list items and headings. */
export const inline = (text: string): string =>
  lines(text)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ');

/** A fence longer than any run of backticks in the text. */
export function fence(text: string, info = ''): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${info}\n${text.replace(/\n$/, '')}\n${ticks}`;
}

/** A code span that shows the text as it is. */
export function code(text: string): string {
  const shown = inline(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const ticks = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

/** A section with a heading of ours; nothing where there is no body. */
export const section = (title: string, body: string | null): string[] => (body ? [`## ${title}\n\n${body}`] : []);

/** Everything that a reader may take for the end of a line. */
const lines = (text: string): string[] => text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
