import type { Parser, Tree } from 'web-tree-sitter';
import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { placeOf } from '../place.ts';
import { type Unpaired, unpaired } from './brackets.ts';
import { type FirstError, firstError } from './first-error.ts';
import type { Grammar } from './grammar.ts';
import { isStray, type SyntaxProblem, syntaxFindings } from './syntax-finding.ts';
import { firstMend, type Token, tokensOf } from './tokens.ts';
import { parse, withParser } from './tree-sitter.ts';
import { expectation, missingToken, quote } from './words.ts';

/** A check by a tree-sitter grammar, with words of our own: a grammar says where it stumbled and nothing else. */
export const checkBy =
  (grammar: Grammar) =>
  async (file: ProjectFile): Promise<Finding[]> =>
    syntaxFindings(file, (await withParser(grammar.wasm, (parser) => problemsOf(file, grammar, parser))) ?? []);

/** What is known of a file that its grammar does not take. */
interface Reading {
  file: ProjectFile;
  grammar: Grammar;
  error: FirstError;
  loose: Unpaired | null;
  /** The quote that opens a string without an end. */
  string: Token | null;
}

function problemsOf(file: ProjectFile, grammar: Grammar, parser: Parser): SyntaxProblem[] {
  if (grammar.unreadable?.test(file.content)) return [];
  const text = grammar.prepare?.(file.content) ?? file.content;
  const tree = parse(parser, text);
  if (tree === null) return [];
  try {
    if (!tree.rootNode.hasError) return misread(tree, grammar);
    const lines = file.content.split('\n');
    const tokens = tokensOf(tree, lines, new Set(['"', ...grammar.pairs.flat()]));
    const brackets = tokens.filter(({ text }) => text !== '"');
    const loose = unpaired(brackets, grammar.pairs);
    const error = firstError(parser, text) ?? firstMended(tree, text) ?? unexpectedAt(loose);
    return error ? judge({ file, grammar, error, loose, string: unclosedString(tokens, lines, grammar) }) : [];
  } finally {
    tree.delete();
  }
}

/** An error costs a round, so it needs a grammar without errors of its own, or evidence besides. */
function judge(reading: Reading): SyntaxProblem[] {
  const { file, grammar, error, loose, string } = reading;
  const at = placeIn(reading);
  const line = placeOf(file, at).excerpt ?? '';
  const isCut = error.found === '' && missingToken(error, file.content) !== null;
  const hasEvidence = loose !== null || string !== null || isCut || isStray(line) || isComment(reading);
  if (grammar.doubts?.test(line) && (!hasEvidence || (grammar.exact && string === null && !isStray(line)))) return [];
  const isStatement = missingToken(error, file.content) === ';' && grammar.statement?.test(line);
  const problem = { message: inWords(reading), at };
  return [grammar.exact || hasEvidence || isStatement ? problem : { ...problem, severity: 'warning' }];
}

function inWords(reading: Reading): string {
  const { file, grammar, error, loose, string } = reading;
  const lineOf = (token: Token) => `line ${placeOf(file, token.at).line}`;
  if (string) return `The string that opens in ${lineOf(string)} is not closed`;
  if (isComment(reading)) return 'A comment opens here and is not closed';
  const told = expectation(loose ? { ...error, expected: [] } : error, file.content);
  const block = error.found === '' ? grammar.openBlock?.(file.content) : null;
  if (block) return `${told}. Unclosed ${quote(block.text)} opened in ${lineOf(block)}`;
  if (!loose) return told;
  if (loose.kind === 'stray') return `${told}. The ${quote(loose.token.text)} of ${lineOf(loose.token)} closes nothing`;
  const unclosed = `nclosed ${quote(loose.token.text)} opened in ${lineOf(loose.token)}`;
  return error.found === ''
    ? `U${unclosed}: the file ends without its ${quote(loose.closer)}`
    : `${told}. U${unclosed}`;
}

const isComment = ({ file, error }: Reading): boolean => file.content.startsWith('/*', error.at);

/** What is missing is missing where the text before it ends. */
function placeIn({ file, error, loose, string }: Reading): number {
  if (string) return string.at;
  const before = placeOf(file, error.after).excerpt ?? '';
  const missing = missingToken(loose ? { ...error, expected: [] } : error, file.content);
  return error.found !== '' && (missing !== null || isStray(before)) ? error.after : error.at;
}

/** Quotes pair up in their line; where a string may go on, in the file. */
function unclosedString(tokens: readonly Token[], lines: readonly string[], grammar: Grammar): Token | null {
  const quotes = Map.groupBy(tokens, ({ text, line }) => (text === '"' ? line : -1));
  quotes.delete(-1);
  const odd = [...quotes].filter(([line, { length }]) => length % 2 === 1 && quotesIn(lines[line] ?? '') % 2 === 1);
  return grammar.multilineStrings && odd.length % 2 === 0 ? null : (odd[0]?.[1].at(-1) ?? null);
}

const quotesIn = (line: string): number => line.replace(/\\./g, '').split('"').length - 1;

/** A word that ends a block, which the grammar takes for a name where there is no block. */
function misread(tree: Tree, { misread }: Grammar): SyntaxProblem[] {
  if (!misread) return [];
  return tree.rootNode
    .descendantsOfType(misread.type)
    .filter(({ text, parent }) => misread.words.has(text) && misread.parents.test(parent?.type ?? ''))
    .map(({ text, startIndex }) => ({ message: `Unexpected ${quote(text)}: it closes nothing`, at: startIndex }));
}

/** Where the text is too long to listen to its parser: what its tree shows. */
function firstMended(tree: Tree, text: string): FirstError | null {
  const mend = firstMend(tree);
  if (mend === null) return null;
  const [found = ''] = /\S+/.exec(text.slice(mend.at, mend.at + 80)) ?? [];
  return { ...mend, after: mend.at, found, expected: [] };
}

const unexpectedAt = (loose: Unpaired | null): FirstError | null =>
  loose && { after: loose.token.at, at: loose.token.at, found: loose.token.text, missing: null, expected: [] };
