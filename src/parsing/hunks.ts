/** One change of a diff: the lines that were there, and those that take their place. */
export interface Hunk {
  search: string;
  replace: string;
}

/** The hunks of a unified diff. Line numbers are left aside: models count badly, and the lines themselves say where. */
export function hunksOf(diff: string): Hunk[] {
  const hunks: Hunk[] = [];
  let before: string[] = [];
  let after: string[] = [];
  const close = () => {
    if (before.length > 0 || after.length > 0) hunks.push({ search: before.join('\n'), replace: after.join('\n') });
    before = [];
    after = [];
  };
  for (const line of diff.split('\n')) {
    if (line.startsWith('@@')) close();
    else if (!isHeader(line)) {
      const [mark, text] = [line.slice(0, 1), line.slice(1)];
      if (mark !== '+') before.push(mark === '-' || mark === ' ' ? text : line);
      if (mark !== '-') after.push(mark === '+' || mark === ' ' ? text : line);
    }
  }
  close();
  return hunks.filter(({ search, replace }) => search !== replace);
}

const isHeader = (line: string): boolean =>
  /^(?:--- |\+\+\+ |diff --git |index [0-9a-f]+\.\.|\\ No newline|new file mode|deleted file mode|similarity index)/.test(line);
