/** One message of a compiler as it stands in its output. */
export interface Said {
  file: string;
  line: number;
  column: number | null;
  /** What names the kind of message, as `TS2554`; empty where it has no name. */
  code: string;
  message: string;
  /** The lines down to the next message. */
  below: string;
}

/** All messages that match a pattern with the groups `file`, `line`, `message` and perhaps `column` and `code`. */
export function readSaid(output: string, pattern: RegExp): Said[] {
  const found = [...output.matchAll(pattern)];
  return found.map((match, index) => {
    const { file = '', line = '', column, code = '', message = '' } = match.groups ?? {};
    const below = output.slice(match.index + match[0].length, found[index + 1]?.index);
    return { file, line: Number(line), column: column ? Number(column) : null, code, message, below };
  });
}

/** What is indented below a message explains it; the first few lines do. */
export const withDetails = ({ message, below }: Said, lines = 3): string =>
  [
    message,
    ...(/^(?:\n[ \t]+.*)+/
      .exec(below)?.[0]
      .split('\n')
      .slice(1, lines + 1) ?? []),
  ].join('\n');
