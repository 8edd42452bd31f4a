import { type FenceLine, readFenceLine } from './fence-line.ts';

/** An answer as the scanner reads it, with what it looks up while it looks ahead: each look costs no more than a step. */
export interface Answer {
  lines: readonly string[];
  fenceAt(line: number): FenceLine | null;
  /** The first fence line at or after a line. */
  nextFence(line: number): FenceLine | null;
  /** Where a conflict region (`<<<<<<< SEARCH` to `>>>>>>> REPLACE`) that begins at this line ends. */
  conflictEnd(line: number): number | null;
  /** The first line at or after one that holds `</name>`. */
  closingTag(name: string, line: number): number | null;
  /** The first line at or after one that ends a CDATA section. */
  closingMark(line: number): number | null;
}

export function answerOf(lines: readonly string[]): Answer {
  const fences = lines.map(readFenceLine);
  const next = nextIndices(fences);
  const conflicts = conflictRegions(lines);
  const tags = closingTags(lines);
  const marks = lines.flatMap((text, line) => (text.includes(']]>') ? [line] : []));
  return {
    lines,
    fenceAt: (line) => fences[line] ?? null,
    nextFence: (line) => fences[next[line] ?? -1] ?? null,
    conflictEnd: (line) => conflicts.get(line) ?? null,
    closingTag: (name, line) => firstFrom(tags.get(name.toLowerCase()) ?? [], line),
    closingMark: (line) => firstFrom(marks, line),
  };
}

function nextIndices(fences: readonly (FenceLine | null)[]): number[] {
  const next: number[] = new Array(fences.length);
  let nearest = -1;
  for (let line = fences.length - 1; line >= 0; line -= 1) {
    if (fences[line] !== null) nearest = line;
    next[line] = nearest;
  }
  return next;
}

function conflictRegions(lines: readonly string[]): Map<number, number> {
  const regions = new Map<number, number>();
  let end: number | null = null;
  for (let line = lines.length - 1; line >= 0; line -= 1) {
    const text = lines[line] ?? '';
    if (/^\s{0,12}>{5,9}(\s|$)/.test(text)) end = line;
    if (!/^\s{0,12}<{5,9}(\s|$)/.test(text)) continue;
    if (end !== null) regions.set(line, end);
    end = null;
  }
  return regions;
}

function closingTags(lines: readonly string[]): Map<string, number[]> {
  const tags = new Map<string, number[]>();
  lines.forEach((text, line) => {
    if (!text.includes('</')) return;
    for (const [, name = ''] of text.matchAll(/<\/([\w:./=-]{1,80})\s{0,9}>/g)) {
      const found = tags.get(name.toLowerCase());
      if (found === undefined) tags.set(name.toLowerCase(), [line]);
      else if (found.at(-1) !== line) found.push(line);
    }
  });
  return tags;
}

function firstFrom(sorted: readonly number[], line: number): number | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return sorted[low] ?? null;
}
