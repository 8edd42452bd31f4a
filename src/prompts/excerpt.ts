/** Where a failure is told: an assertion, an error, what was expected. */
const telling = /\bassert|Error\b|\bexpect/i;
/** The line that a traceback or an excerpt points at. */
const pointedAt = /^\s*(?:>|E\s)/;
const longestLine = 300;
const gapLength = 30;

/** A text within so many characters, cut in the middle of it; the lines that tell of a failure are the last to go. */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const lines = text.split('\n').map((line) => cutMiddle(line, Math.min(longestLine, characters)));
  const kept = new Set<number>();
  let room = characters - gapLength;
  for (const index of byWorth(lines)) {
    const line = lines[index] ?? '';
    const length = line.length + 1 + (telling.test(line) ? gapLength : 0);
    if (kept.size > 0 && length > room) continue;
    kept.add(index);
    room -= length;
  }
  return withGaps(lines, kept);
}

/** A line within so many characters, its middle left out. */
export function cutMiddle(line: string, characters: number): string {
  if (line.length <= characters) return line;
  const tail = Math.floor(characters / 3);
  return `${line.slice(0, characters - tail - 1)}…${line.slice(line.length - tail)}`;
}

/** Telling lines that are pointed at, telling lines, then the others from both ends inwards. */
function byWorth(lines: readonly string[]): number[] {
  const rank = (line: string) => (!telling.test(line) ? 2 : pointedAt.test(line) ? 0 : 1);
  return lines
    .map((line, index) => ({ index, rank: rank(line), depth: Math.min(index, lines.length - 1 - index) }))
    .sort((a, b) => a.rank - b.rank || a.depth - b.depth)
    .map(({ index }) => index);
}

function withGaps(lines: readonly string[], kept: ReadonlySet<number>): string {
  const shown: string[] = [];
  let left = 0;
  for (const [index, line] of [...lines.entries(), [lines.length, null] as const]) {
    if (line !== null && !kept.has(index)) {
      left += 1;
      continue;
    }
    if (left > 0) shown.push(`[... ${left} ${left === 1 ? 'line' : 'lines'} cut ...]`);
    if (line !== null) shown.push(line);
    left = 0;
  }
  return shown.join('\n');
}
