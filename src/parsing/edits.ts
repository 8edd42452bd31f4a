import { asPath } from './evidence/paths.ts';
import { isBlank } from './lines.ts';
import { readSeparator } from './pieces/sections.ts';

/** A change to a file that is there already. Lines of the answer, from 1. */
export type Edit = { path: string | null; lines: { from: number; to: number } } & (
  | { kind: 'replace'; search: string; replace: string }
  | { kind: 'diff'; diff: string }
  | { kind: 'fragment'; content: string; reason: string }
  | { kind: 'append'; content: string }
  | { kind: 'delete' }
  | { kind: 'rename'; to: string }
);

/** A file that an edit format gives in full, since it is new. */
export interface CreatedFile {
  path: string;
  content: string;
  from: number;
  to: number;
}

/** What an edit format says. Line indices from 0 into the answer. */
export interface Edits {
  edits: Edit[];
  created: CreatedFile[];
}

/** The edits of a block in one of the formats that models know, or null where it is none. `path` is the block's name. */
export function readEdits(
  lines: readonly string[],
  offset: number,
  tag: string | null,
  path: string | null,
): Edits | null {
  const first = lines.findIndex((line) => !isBlank(line));
  const opening = lines.slice(first, first + 4);
  if (opening.some((line) => isConflictStart(line)) && lines.some(isConflictEnd))
    return readConflicts(lines, offset, path);
  if (opening.some((line) => /^\s*\*\*\* (Begin Patch|(Update|Add|Delete) File:)/.test(line)))
    return readEnvelope(lines, offset);
  if (looksLikeDiff(lines, tag)) return readDiff(lines, offset, path);
  return null;
}

const isConflictStart = (line: string): boolean => /^\s{0,12}<{5,9}(\s|$)/.test(line.slice(0, 80));
const isConflictEnd = (line: string): boolean => /^\s{0,12}>{5,9}(\s|$)/.test(line.slice(0, 80));
const isDivider = (line: string): boolean => /^\s{0,12}(={5,9}|-{7})\s*$/.test(line.slice(0, 80));

function firstAfter(lines: readonly string[], line: number, limit: number, matches: (line: string) => boolean): number {
  let index = line + 1;
  while (index < limit && !matches(lines[index] ?? '')) index += 1;
  return index;
}

function readConflicts(lines: readonly string[], offset: number, named: string | null): Edits {
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

function readEnvelope(lines: readonly string[], offset: number): Edits {
  const result: Edits = { edits: [], created: [] };
  const heads = lines.flatMap((text, line) => {
    const [, verb, path] = /^\s*\*\*\* (Update|Add|Delete) File:\s*(.{1,300}?)\s*$/.exec(text.slice(0, 340)) ?? [];
    return verb === undefined || path === undefined ? [] : [{ verb, path, line }];
  });
  heads.forEach(({ verb, path, line }, index) => {
    const body = lines
      .slice(line + 1, heads[index + 1]?.line ?? lines.length)
      .filter((text) => !/^\s*\*\*\* End/.test(text));
    const place = { path, lines: { from: offset + line + 1, to: offset + line + 1 + body.length } };
    if (verb === 'Add')
      result.created.push({
        path,
        content: `${body.map((text) => text.replace(/^\+/, '')).join('\n')}\n`,
        from: offset + line + 1,
        to: offset + line + 1 + body.length,
      });
    else if (verb === 'Delete') result.edits.push({ kind: 'delete', ...place });
    else result.edits.push(...updates(body, place));
  });
  return result;
}

function updates(body: readonly string[], place: Pick<Edit, 'path' | 'lines'>): Edit[] {
  const to = body
    .map((text) => /^\s*\*\*\* Move to:\s*(.{1,300}?)\s*$/.exec(text)?.[1])
    .find((path) => path !== undefined);
  const diff = body.filter((text) => !/^\s*\*\*\* Move to:/.test(text)).join('\n');
  const moved: Edit[] = to === undefined ? [] : [{ kind: 'rename', to, ...place }];
  return diff.trim() === '' ? moved : [...moved, { kind: 'diff', diff, ...place }];
}

function looksLikeDiff(lines: readonly string[], tag: string | null): boolean {
  if (tag === 'diff' || tag === 'patch' || tag === 'udiff') return true;
  const [first = '', second = '', third = ''] = lines.filter((line) => !isBlank(line)).slice(0, 3);
  return (
    /^diff --git /.test(first) ||
    (/^--- \S/.test(first) && /^\+\+\+ \S/.test(second) && /^@@/.test(third)) ||
    /^@@ -\d+(,\d+)? \+\d+/.test(first)
  );
}

function readDiff(lines: readonly string[], offset: number, named: string | null): Edits {
  const result: Edits = { edits: [], created: [] };
  const heads = lines.flatMap((text, line) =>
    /^\+\+\+ \S/.test(text) && /^--- \S/.test(lines[line - 1] ?? '') ? [line] : [],
  );
  if (heads.length === 0)
    return {
      edits: [
        { kind: 'diff', path: named, diff: lines.join('\n'), lines: { from: offset + 1, to: offset + lines.length } },
      ],
      created: [],
    };
  heads.forEach((head, index) => {
    const end = (heads[index + 1] ?? lines.length + 1) - 1;
    addDiff(result, lines, { head, end: Math.min(end, lines.length), offset, named });
  });
  return result;
}

function addDiff(
  result: Edits,
  lines: readonly string[],
  { head, end, offset, named }: { head: number; end: number; offset: number; named: string | null },
): void {
  const [before, after] = [pathOf(lines[head - 1]), pathOf(lines[head])];
  const body = lines.slice(head + 1, end);
  const place = { lines: { from: offset + head, to: offset + end } };
  if (after === '/dev/null') result.edits.push({ kind: 'delete', path: before, ...place });
  else if (before === '/dev/null' && after !== null) {
    const added = body.filter((text) => text.startsWith('+')).map((text) => text.slice(1));
    result.created.push({ path: after, content: `${added.join('\n')}\n`, from: offset + head + 1, to: offset + end });
  } else
    result.edits.push({
      kind: 'diff',
      path: after ?? before ?? named,
      diff: lines.slice(head - 1, end).join('\n'),
      ...place,
    });
}

/** `--- a/src/cart.ts	2024-01-01` names `src/cart.ts`. */
const pathOf = (line: string | undefined): string | null => {
  const path = /^(?:---|\+\+\+) ([^\t]{1,300})/.exec(line ?? '')?.[1]?.trim();
  return path === undefined ? null : path.replace(/^[ab]\//, '');
};
