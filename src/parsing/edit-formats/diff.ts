import type { Edits } from '../edits.ts';
import { isBlank } from '../lines.ts';

export function looksLikeDiff(lines: readonly string[], tag: string | null): boolean {
  if (tag === 'diff' || tag === 'patch' || tag === 'udiff') return true;
  const [first = '', second = '', third = ''] = lines.filter((line) => !isBlank(line)).slice(0, 3);
  return (
    /^diff --git /.test(first) ||
    (/^--- \S/.test(first) && /^\+\+\+ \S/.test(second) && /^@@/.test(third)) ||
    /^@@ -\d+(,\d+)? \+\d+/.test(first)
  );
}

/** A unified diff, each file of it apart; without file lines it is one of the block's file. */
export function readDiff(lines: readonly string[], offset: number, named: string | null): Edits {
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
