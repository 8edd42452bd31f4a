/** One change of a diff: the lines that were there, and those that take their place. */
export interface Hunk {
  search: string;
  replace: string;
}

/** The hunks of a unified diff. Line numbers are left aside: models count badly, and the lines themselves say where. */
export const hunksOf = (diff: string): Hunk[] =>
  diff
    .split(/^@@.*\n?/m)
    .map((part) => readHunk(part.split('\n').filter((line) => !isHeader(line))))
    .filter(({ search, replace }) => search !== replace);

/** A line without a mark is context whose space was forgotten. */
const readHunk = (lines: string[]): Hunk => ({
  search: lines
    .filter((line) => !line.startsWith('+'))
    .map(withoutMark)
    .join('\n'),
  replace: lines
    .filter((line) => !line.startsWith('-'))
    .map(withoutMark)
    .join('\n'),
});

const withoutMark = (line: string): string => (/^[-+ ]/.test(line) ? line.slice(1) : line);

const isHeader = (line: string): boolean =>
  /^(?:--- |\+\+\+ |diff --git |index [0-9a-f]+\.\.|\\ No newline|new file mode|deleted file mode|similarity index)/.test(
    line,
  );
