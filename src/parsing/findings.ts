import { type Finding, finding } from '../schemas/finding.ts';
import type { Edit } from './edits.ts';
import type { ExtractedFile } from './extraction.ts';
import type { Nameless } from './unnamed.ts';

const format =
  'Give each file in full: a heading line `### path/to/file`, then one fenced block with the whole content.';

const acts: Record<Edit['kind'], string> = {
  replace: 'a SEARCH/REPLACE edit',
  diff: 'a diff',
  fragment: 'a part of the file',
  append: 'text to append',
  delete: 'a deletion',
  rename: 'a renaming',
};

/** `given`: the answer holds the whole file as well, so that nothing is lost for sure. */
export function editNotApplied(edit: Edit, given = false): Finding {
  const file = edit.path ?? 'a file that is not named';
  const why = edit.kind === 'fragment' ? ` (${edit.reason})` : '';
  const wish =
    edit.kind === 'delete' || edit.kind === 'rename' ? 'State the files that are to stay in full instead.' : format;
  return finding(
    'parsing',
    'edit-not-applied',
    `The answer gives ${acts[edit.kind]} for ${file}${why}; edits are not applied. ${wish}`,
    {
      severity: given ? 'warning' : 'error',
      file: edit.path,
      excerpt: excerptOf(edit),
    },
  );
}

/** An edit whose place was not found, or not once. */
export const editFailed = (edit: Edit, path: string, places: number, nearest: string): Finding =>
  finding(
    'parsing',
    'edit-failed',
    places === 0
      ? `${acts[edit.kind]} for ${path} quotes lines that are not there as quoted, so it was not applied; the nearest lines are below. Quote them exactly, or give the whole file.`
      : `${acts[edit.kind]} for ${path} quotes lines that stand in ${places} places, so it was not applied. Quote more lines around the place, or give the whole file.`,
    { file: path, excerpt: nearest },
  );

function excerptOf(edit: Edit): string | null {
  if (edit.kind === 'replace') return edit.replace.slice(0, 300);
  if (edit.kind === 'diff') return edit.diff.slice(0, 300);
  return edit.kind === 'fragment' || edit.kind === 'append' ? edit.content.slice(0, 300) : null;
}

export const truncatedFile = ({ path, content }: ExtractedFile): Finding =>
  finding(
    'parsing',
    'truncated',
    `The answer ends before ${path} does. Give ${path} again, whole; if the answer would grow too long, write less around the files.`,
    {
      file: path,
      excerpt: content.slice(-200),
    },
  );

export const truncatedAnswer = (): Finding =>
  finding(
    'parsing',
    'truncated',
    'The answer was cut or says that it goes on. Give every file that is still missing, without repeating explanations.',
  );

export const unnamedBlock = ({ piece, language }: Nameless): Finding =>
  finding(
    'parsing',
    'unnamed-block',
    `A block of ${language.name} stands in the answer without a file name, so it was left out. ${format}`,
    {
      severity: 'warning',
      excerpt: piece.content.slice(0, 300),
    },
  );

export const noFiles = (looked: string): Finding =>
  finding('parsing', 'no-files', `No file was found in the answer: ${looked}. ${format}`);
