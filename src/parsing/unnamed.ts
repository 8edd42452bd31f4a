import { artifactTypeOf } from '../languages/artifact-type.ts';
import { languageOf } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
import { importedPath } from './imports.ts';
import type { Name } from './name.ts';
import type { Piece } from './pieces/piece.ts';

/** A block that looks like a file and has no name. */
export interface Nameless {
  piece: Piece;
  language: Language;
}

/** What is there to name it by. */
export interface Clues {
  /** The plan's paths that no block has taken. */
  free: readonly string[];
  /** The files that have names. */
  files: readonly { path: string; content: string }[];
}

/** Names for nameless blocks, each by the best clue; a path goes to one block only, and only where nothing rivals it. */
export function nameNameless(blocks: readonly Nameless[], clues: Clues): Map<Nameless, Name> {
  const names = new Map<Nameless, Name>();
  const few = blocks.slice(0, 60); // each is held against each path and file
  const taken = new Set(clues.files.map(({ path }) => path));
  const give = (block: Nameless | undefined, path: string | undefined, evidence: string, confidence: number) => {
    if (block === undefined || path === undefined || names.has(block) || taken.has(path)) return;
    taken.add(path);
    names.set(block, { path, evidence, confidence, strong: false, verb: 'none' });
  };
  for (const block of few) give(block, importedPath(block, clues.files.slice(0, 100)), 'import of another file', 0.7);
  for (const { block, path, points } of ranked(few, clues.free))
    give(block, path, 'path of the plan', Math.min(0.45 + points / 10, 0.8));
  for (const block of blocks) give(block, javaPath(block), 'public class', 0.6);
  return names;
}

interface Match {
  block: Nameless;
  path: string;
  points: number;
}

/** Matches of blocks and paths, the best first; a tie on either side is no match. */
function ranked(blocks: readonly Nameless[], free: readonly string[]): Match[] {
  const all = blocks.flatMap((block) =>
    free.slice(0, 200).map((path) => ({ block, path, points: pointsOf(block, path) })),
  );
  const matches = all.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
  const [ofBlock, ofPath] = [soleBest(matches, ({ block }) => block), soleBest(matches, ({ path }) => path)];
  const sure = matches.filter((match) => ofBlock.has(match) && ofPath.has(match));
  const [block] = blocks;
  const left = free.filter((path) => block !== undefined && languageOf(path) === block.language);
  return sure.length === 0 && blocks.length > 1 && left.length === blocks.length ? inOrder(blocks, left) : sure;
}

/** For each key the match with the most points, where no other has as many. */
function soleBest(sorted: readonly Match[], keyOf: (match: Match) => unknown): Set<Match> {
  const best = new Map<unknown, Match | null>();
  for (const match of sorted) {
    const key = keyOf(match);
    const first = best.get(key);
    if (first === undefined) best.set(key, match);
    else if (first?.points === match.points) best.set(key, null);
  }
  return new Set([...best.values()].filter((match) => match !== null));
}

/** As many blocks as paths of their language, none telling: the order of the plan. */
const inOrder = (blocks: readonly Nameless[], paths: readonly string[]): Match[] =>
  blocks.flatMap((block, index) => {
    const path = paths[index];
    return path === undefined || languageOf(path) !== block.language ? [] : [{ block, path, points: 0.5 }];
  });

function pointsOf({ piece, language }: Nameless, path: string): number {
  if (languageOf(path) !== language) return 0;
  const isTest =
    /\b(def test_|import pytest|unittest|describe\(|\bit\(|node:test|@Test|#\[test\]|func Test\w+\(t )/.test(
      piece.content,
    );
  if (isTest !== (artifactTypeOf(path) === 'test')) return 0;
  const stem = stemOf(path);
  const text = piece.content.slice(0, 20_000).toLowerCase().replaceAll(/[_-]/g, '');
  const defined = new RegExp(`(class|def|function|func|fn|struct|interface|const|type)\\s+\\w*${escaped(stem)}`).test(
    text,
  );
  return 1 + (defined ? 2 : 0) + (text.includes(stem) ? 1 : 0);
}

const stemOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\..*$/, '')
    .toLowerCase()
    .replace(/^test_|_test$|_spec$/, '')
    .replaceAll(/[_-]/g, '');

const escaped = (text: string): string => text.replaceAll(/[^\w]/g, '\\$&');

/** Java asks for a file named as its public class. */
function javaPath({ piece, language }: Nameless): string | undefined {
  if (language.name !== 'java') return undefined;
  const name = /^\s*public\s+(?:final\s+|abstract\s+|sealed\s+)*(?:class|interface|enum|record)\s+(\w{1,100})/m.exec(
    piece.content,
  )?.[1];
  return name === undefined ? undefined : `${name}.java`;
}
