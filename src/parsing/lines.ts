/** The answer's lines, without a byte order mark and whatever ends them. */
export const readLines = (answer: string): string[] =>
  answer
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map(withoutReturn);

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** Lines as the content of a file: each ended, none for none. */
export const asContent = (lines: readonly string[]): string => (lines.length === 0 ? '' : `${lines.join('\n')}\n`);

export const isBlank = (line: string): boolean => line.trim() === '';

/** What a reader looks at of one line: a hostile line of a megabyte costs no more than a long sentence. */
export const glance = (line: string): string => (line.length > 400 ? line.slice(0, 400) : line);

/** Columns of white space at the start, a tab to the next multiple of four. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const character of glance(line)) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

/** The index of the last line with something in it before `end`, or -1. */
export function lastWritten(lines: readonly string[], end: number, start = 0): number {
  let index = end - 1;
  while (index >= start && isBlank(lines[index] ?? '')) index -= 1;
  return index < start ? -1 : index;
}
