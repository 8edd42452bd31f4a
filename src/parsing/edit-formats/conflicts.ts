import type { Edits } from '../edits.ts';
import { asPath } from '../evidence/paths.ts';
import { isBlank } from '../lines.ts';
import { readSeparator } from '../pieces/sections.ts';

export const isConflictStart = (line: string): boolean => /^\s{0,12}<{5,9}(\s|$)/.test(line.slice(0, 80));
export const isConflictEnd = (line: string): boolean => /^\s{0,12}>{5,9}(\s|$)/.test(line.slice(0, 80));
const isDivider = (line: string): boolean => /^\s{0,12}(={5,9}|-{7})\s*$/.test(line.slice(0, 80));

function firstAfter(lines: readonly string[], line: number, limit: number, matches: (line: string) => boolean): number {
  let index = line + 1;
  while (index < limit && !matches(lines[index] ?? '')) index += 1;
  return index;
}

/** SEARCH/REPLACE, ORIGINAL/UPDATED: regions between conflict markers, a path on the line before them or the block's. */
export function readConflicts(lines: readonly string[], offset: number, named: string | null): Edits {
  const result: Edits = { edits: [], created: [] };
  let path = named;
  for (let line = 0; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    if (!isConflictStart(text)) {
      path = pathOnLine(text) ?? path;
      continue;
    }
    const to = firstAfter(lines, line, lines.length, isConflictEnd);
    const middle = firstAfter(lines, line, to, isDivider);
    addReplacement(result, path, lines.slice(line + 1, middle), lines.slice(middle + 1, to), {
      from: offset + line,
      to: offset + to,
    });
    line = to;
  }
  return result;
}

/** Nothing to search for: the text is a new file. */
function addReplacement(
  result: Edits,
  path: string | null,
  search: readonly string[],
  replace: readonly string[],
  { from, to }: { from: number; to: number },
): void {
  const content = `${replace.join('\n')}\n`;
  if (path !== null && search.every(isBlank) && result.created.at(-1)?.path !== path) {
    result.created.push({ path, content, from: from + search.length + 2, to });
    return;
  }
  result.edits.push({
    kind: 'replace',
    path,
    search: search.join('\n'),
    replace: replace.join('\n'),
    lines: { from: from + 1, to: to + 1 },
  });
}

const pathOnLine = (line: string): string | null =>
  readSeparator(line)?.path ?? (/^\s*\S+\s*$/.test(line.slice(0, 300)) ? asPath(line, true) : null);
