import { artifactTypeOf } from '../languages/artifact-type.ts';
import { languageNamed, languageOf } from '../languages/index.ts';
import type { Block } from './blocks/block.ts';
import { scanBlocks } from './blocks/scan-blocks.ts';
import type { CreatedFile, Edit } from './edits.ts';
import { folderAfter } from './evidence/folder.ts';
import { nameOf } from './evidence/index.ts';
import type { ExtractedFile, Extraction, ParseHints } from './extraction.ts';
import { editNotApplied, noFiles, truncatedAnswer, truncatedFile, unnamedBlock } from './findings.ts';
import { judge, type Reading } from './judge.ts';
import { readLines } from './lines.ts';
import { describe } from './look.ts';
import { mergeFile, quotes } from './merge.ts';
import type { Name } from './name.ts';
import { operationsIn } from './operations.ts';
import { piecesOf } from './pieces/expand.ts';
import type { Piece } from './pieces/piece.ts';
import { piecesWithoutBlocks } from './pieces/without-blocks.ts';
import { endsAnswer, endsOpen, promisesMore } from './truncation.ts';
import { type Nameless, nameNameless } from './unnamed.ts';

/**
 * The files of a model's answer, in whatever way it wrote them. Pure; never throws; takes time in proportion to the
 * answer. What it cannot take for a file, and should be one, is a finding in words for the model.
 */
export function extractFiles(answer: string, hints: ParseHints = {}): Extraction {
  const lines = readLines(answer);
  const blocks = scanBlocks(lines);
  const state: State = { lines, hints, files: new Map(), edits: operationsIn(lines, blocks), nameless: [] };
  for (const { piece, name } of namedPieces(lines, blocks, hints)) take(state, judge(piece, name));
  nameTheRest(state);
  const files = [...state.files.values()].sort((a, b) => a.lines.from - b.lines.from);
  return { files, edits: state.edits, findings: findingsOf(state, blocks) };
}

interface State {
  lines: readonly string[];
  hints: ParseHints;
  files: Map<string, ExtractedFile>;
  edits: Edit[];
  nameless: Nameless[];
}

function namedPieces(
  lines: readonly string[],
  blocks: readonly Block[],
  hints: ParseHints,
): { piece: Piece; name: Name | null }[] {
  const known = new Set([...(hints.expectedPaths ?? []), ...(hints.knownPaths ?? [])]);
  let folder: string | null = null;
  const pieces = blocks.flatMap((block, index) => {
    folder = folderAfter(folder, block.lead);
    const next = blocks[index + 1];
    const below = lines.slice(block.to, Math.min(next?.from ?? lines.length, block.to + 4));
    if (isVoid(block)) return [];
    return piecesOf(block).map((piece) => ({
      piece,
      name: nameOf({ piece, language: languageNamed(piece.tag ?? ''), above: piece.block.lead, below, known, folder }),
    }));
  });
  return pieces.length > 0 ? pieces : piecesWithoutBlocks(lines).map((piece) => ({ piece, name: piece.given }));
}

/** A fence around nothing, with nothing above it: hostile answers hold a million of them. */
const isVoid = ({ kind, content, info, lead }: Block): boolean =>
  kind === 'fence' && info.path === null && content.trim() === '' && lead.every((line) => /^[\s`~]*$/.test(line));

function take(state: State, reading: Reading): void {
  if (reading.kind === 'unnamed') state.nameless.push(reading);
  if (reading.kind === 'file') takeFile(state, reading);
  if (reading.kind !== 'edits') return;
  for (const edit of reading.edits) state.edits.push(edit);
  for (const file of reading.created) takeCreated(state, reading.piece, file);
}

function takeFile(
  state: State,
  { piece, name, content, labelLines, partial }: Extract<Reading, { kind: 'file' }>,
): void {
  const file = fileOf(name, content, { from: piece.from + labelLines, to: piece.to });
  file.partial = partial !== null;
  file.truncated = isTruncated(state, piece, file);
  const earlier = state.files.get(file.path);
  const merge = mergeFile(state.files, file, name.strong && name.verb !== 'edit');
  if (merge === 'kept the earlier' && quotes(earlier?.content ?? '', content)) return;
  if (merge === 'kept the earlier' || partial !== null) {
    const reason = partial ?? 'it is shorter than the file given before';
    const { path, lines } = file;
    state.edits.push(
      name.part === 'append'
        ? { kind: 'append', path, content, lines }
        : { kind: 'fragment', path, content, reason, lines },
    );
  }
}

function takeCreated(state: State, piece: Piece, { path, content, from, to }: CreatedFile): void {
  const name: Name = { path, evidence: 'new file in an edit', confidence: 0.85, strong: true, verb: 'create' };
  const file = fileOf(name, content, { from, to });
  file.truncated = piece.cut;
  mergeFile(state.files, file, true);
}

function isTruncated({ lines, hints }: State, piece: Piece, { path, content }: ExtractedFile): boolean {
  if (piece.cut) return true;
  return endsAnswer(lines, piece.block.to) && (hints.truncated === true || endsOpen(path, content));
}

const fileOf = (
  { path, evidence, confidence }: Name,
  content: string,
  { from, to }: { from: number; to: number },
): ExtractedFile => ({
  path,
  content,
  type: artifactTypeOf(path),
  language: languageOf(path)?.name ?? null,
  truncated: false,
  partial: false,
  lines: { from: Math.max(1, Math.min(from + 1, to)), to: Math.max(to, 1) },
  evidence,
  confidence,
});

function nameTheRest(state: State): void {
  const { expectedPaths = [], knownPaths = [] } = state.hints;
  const plan = expectedPaths.length > 0 ? expectedPaths : knownPaths;
  const free = plan.filter((path) => !path.endsWith('/') && !state.files.has(path));
  const names = nameNameless(state.nameless, { free, files: [...state.files.values()] });
  const [only] = state.nameless;
  if (
    only !== undefined &&
    state.nameless.length === 1 &&
    state.files.size === 0 &&
    plan.length === 0 &&
    !names.has(only)
  ) {
    names.set(only, {
      path: `main${only.language.extensions[0] ?? ''}`,
      evidence: 'only block',
      confidence: 0.3,
      strong: false,
      verb: 'none',
    });
  }
  for (const [{ piece }, name] of names)
    takeFile(state, { kind: 'file', piece, name, content: piece.content, labelLines: 0, partial: null });
  state.nameless = state.nameless.filter((block) => !names.has(block));
}

function findingsOf({ lines, hints, files, edits, nameless }: State, blocks: readonly Block[]): Extraction['findings'] {
  const cut = [...files.values()].filter(({ truncated }) => truncated);
  const unfinished =
    cut.length === 0 &&
    (hints.truncated === true ||
      promisesMore(lines) ||
      blocks.some(({ kind, closed }) => kind === 'reasoning' && !closed));
  return [
    ...(files.size === 0 ? [noFiles(describe(lines, blocks, edits, nameless))] : []),
    ...cut.map(truncatedFile),
    ...(unfinished ? [truncatedAnswer()] : []),
    ...onePerFile(edits).map((edit) => editNotApplied(edit, files.get(edit.path ?? '')?.partial === false)),
    ...nameless.slice(0, 20).map(unnamedBlock),
  ];
}

/** The first edit of each kind for each file: its finding speaks for the others. */
const onePerFile = (edits: readonly Edit[]): Edit[] =>
  [...new Map([...edits].reverse().map((edit) => [`${edit.kind} ${edit.path}`, edit])).values()].reverse();
