import { artifactTypeOf } from '../languages/artifact-type.ts';
import { languageOf } from '../languages/index.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import type { Finding } from '../schemas/finding.ts';
import { applyEdits } from './apply-edits.ts';
import { extractFiles } from './extract-files.ts';
import type { ParseHints } from './extraction.ts';

/** What an answer makes of the files before it. */
export interface Reading {
  /** Written anew or changed; paths are as the answer names them, not yet judged safe. */
  files: (ProjectFile & { truncated: boolean })[];
  /** Deleted or renamed away. */
  removed: ReadonlySet<string>;
  findings: Finding[];
}

/** Reads an answer's files, and applies its edits to those of the round before. A fragment never replaces a file. */
export function readAnswer(
  answer: string,
  before: ReadonlyMap<string, string>,
  hints: Omit<ParseHints, 'knownPaths'>,
): Reading {
  const { files, edits, findings } = extractFiles(answer, { ...hints, knownPaths: [...before.keys()] });
  const whole = files.filter(({ partial }) => !partial);
  const given = new Set(whole.map(({ path }) => path));
  const {
    changed,
    removed,
    findings: failed,
  } = applyEdits(
    edits.filter(({ path }) => path === null || !given.has(path)),
    before,
  );
  const edited = [...changed].map(([path, content]) => ({
    path,
    content,
    type: artifactTypeOf(path),
    language: languageOf(path)?.name ?? null,
    truncated: false,
  }));
  const isMoot = ({ code, file }: Finding) =>
    (code === 'edit-not-applied' && !given.has(file ?? '')) || (code === 'no-files' && changed.size + removed.size > 0);
  return {
    files: [...whole, ...edited],
    removed,
    findings: [...findings.filter((one) => !isMoot(one)), ...failed],
  };
}
