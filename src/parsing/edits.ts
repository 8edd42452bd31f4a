import { isConflictEnd, isConflictStart, readConflicts } from './edit-formats/conflicts.ts';
import { looksLikeDiff, readDiff } from './edit-formats/diff.ts';
import { readEnvelope } from './edit-formats/envelope.ts';
import { isBlank } from './lines.ts';

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
