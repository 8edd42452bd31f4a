import { artifactTypeOf } from '../languages/artifact-type.ts';
import { languageOf } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
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
  const taken = new Set(clues.files.map(({ path }) => path));
  const give = (block: Nameless | undefined, path: string | undefined, evidence: string, confidence: number) => {
    if (block === undefined || path === undefined || names.has(block) || taken.has(path)) return;
    taken.add(path);
    names.set(block, { path, evidence, confidence, strong: false, verb: 'none' });
  };
  for (const block of blocks) give(block, importedPath(block, clues.files), 'import of another file', 0.7);
  for (const { block, path, points } of ranked(blocks, clues.free))
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
  const all = blocks
    .slice(0, 60)
    .flatMap((block) => free.slice(0, 200).map((path) => ({ block, path, points: pointsOf(block, path) })));
  const matches = all.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
  const rivals = (match: Match) =>
    matches.filter(
      (other) =>
        other !== match && other.points >= match.points && (other.block === match.block || other.path === match.path),
    );
  const sure = matches.filter((match) => rivals(match).length === 0);
  const [block] = blocks;
  const left = free.filter((path) => block !== undefined && languageOf(path) === block.language);
  return sure.length === 0 && blocks.length > 1 && left.length === blocks.length ? inOrder(blocks, left) : sure;
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

/** The file that another file imports, where this block defines what it imports from it. */
function importedPath({ piece, language }: Nameless, files: Clues['files']): string | undefined {
  for (const file of files) {
    if (languageOf(file.path) !== language) continue;
    for (const { path, names } of importsOf(file.path, file.content, language)) {
      if (names.length > 0 && names.every((name) => defines(piece.content, name))) return path;
    }
  }
  return undefined;
}

const defines = (content: string, name: string): boolean =>
  new RegExp(
    `^(export\\s+)?(default\\s+)?(async\\s+)?(def|class|function|const|let|var|interface|type|enum)\\s+${escaped(name)}\\b|^${escaped(name)}\\s*(:.*)?=`,
    'm',
  ).test(content);

function importsOf(path: string, content: string, language: Language): { path: string; names: string[] }[] {
  const text = content.slice(0, 20_000);
  if (language.name === 'python') {
    return [...text.matchAll(/^from ([a-zA-Z_][\w.]{0,120}) import \(?([\w, \t]{1,300})/gm)].map(
      ([, module = '', names = '']) => ({ path: `${module.replaceAll('.', '/')}.py`, names: namesIn(names) }),
    );
  }
  const forms =
    /^(?:import|export)\s+(?:type\s+)?\{([^}]{1,300})\}\s+from\s+['"](\.{1,2}\/[^'"]{1,200})['"]|^(?:const|let|var)\s+\{([^}]{1,300})\}\s*=\s*require\(['"](\.{1,2}\/[^'"]{1,200})['"]\)/gm;
  return [...text.matchAll(forms)].map(([, a, from, b, required]) => ({
    path: resolved(path, from ?? required ?? '', language),
    names: namesIn(a ?? b ?? ''),
  }));
}

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim().split(/\s+/)[0] ?? '')
    .filter((name) => /^\w+$/.test(name));

function resolved(from: string, target: string, language: Language): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const path = parts.join('/');
  return languageOf(path) === null ? `${path}${language.extensions[0] ?? ''}` : path;
}

/** Java asks for a file named as its public class. */
function javaPath({ piece, language }: Nameless): string | undefined {
  if (language.name !== 'java') return undefined;
  const name = /^\s*public\s+(?:final\s+|abstract\s+|sealed\s+)*(?:class|interface|enum|record)\s+(\w{1,100})/m.exec(
    piece.content,
  )?.[1];
  return name === undefined ? undefined : `${name}.java`;
}
