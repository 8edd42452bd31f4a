import type { Finding } from '../schemas/finding.ts';
import type { Edit } from './edits.ts';
import { editFailed, editNotApplied } from './findings.ts';
import { hunksOf } from './hunks.ts';
import { nearest, replaceOnce } from './replace-once.ts';

/** The files after the edits, and what could not be applied. `removed` are paths that were deleted or renamed away. */
export interface Applied {
  changed: Map<string, string>;
  removed: Set<string>;
  findings: Finding[];
}

/**
 * Applies an answer's edits to the files of the round before, in order: exactly, or with white space loosened where
 * that leaves one place. An edit that has no such place changes nothing and is a finding that quotes the nearest lines.
 */
export function applyEdits(edits: readonly Edit[], before: ReadonlyMap<string, string>): Applied {
  const applied: Applied = { changed: new Map(), removed: new Set(), findings: [] };
  const read = (path: string) =>
    applied.removed.has(path) ? undefined : (applied.changed.get(path) ?? before.get(path));
  for (const edit of edits) {
    const path = edit.path === null ? onlyPlace(edit, before) : edit.path;
    const content = path === null ? undefined : read(path);
    if (path === null || content === undefined) applied.findings.push(editNotApplied(edit));
    else applyOne(applied, edit, path, content);
  }
  return applied;
}

/** An edit without a path belongs to the one file that has the text it looks for. */
function onlyPlace(edit: Edit, files: ReadonlyMap<string, string>): string | null {
  if (edit.kind !== 'replace') return null;
  const holders = [...files].filter(([, content]) => content.includes(edit.search)).map(([path]) => path);
  return holders.length === 1 ? (holders[0] ?? null) : null;
}

function applyOne(applied: Applied, edit: Edit, path: string, content: string): void {
  if (edit.kind === 'fragment') applied.findings.push(editNotApplied(edit));
  else if (edit.kind === 'delete') remove(applied, path);
  else if (edit.kind === 'rename') {
    remove(applied, path);
    put(applied, edit.to, content);
  } else if (edit.kind === 'append') put(applied, path, `${content.replace(/\n?$/, '\n')}${edit.content}`);
  else replaceAll(applied, edit, path, content);
}

function replaceAll(
  applied: Applied,
  edit: Extract<Edit, { kind: 'diff' | 'replace' }>,
  path: string,
  content: string,
) {
  let text = content;
  for (const { search, replace } of edit.kind === 'diff' ? hunksOf(edit.diff) : [edit]) {
    const next = replaceOnce(text, search, replace);
    if (typeof next === 'string') text = next;
    else applied.findings.push(editFailed(edit, path, next.places, nearest(text, search)));
  }
  if (text !== content) put(applied, path, text);
}

function remove({ changed, removed }: Applied, path: string): void {
  changed.delete(path);
  removed.add(path);
}

function put({ changed, removed }: Applied, path: string, content: string): void {
  changed.set(path, content);
  removed.delete(path);
}
