import type { ProjectFile } from '../../schemas/artifact.ts';
import { type Finding, finding } from '../../schemas/finding.ts';
import { placeAt, placeOf } from '../place.ts';

/** A parser's later errors mostly follow from its first. */
const perFile = 3;
const looksAt = 50;

/** Lines that no language has: what chat and diffs leave in a file, and what to do about it. */
const strayLines: readonly { line: RegExp; advice: string }[] = [
  { line: /^\s*(?:`{3}|~{3})/, advice: 'A Markdown fence stands in the file: leave it out of the code.' },
  { line: /^(?:<{7}|={7}|>{7})(?:\s|$)/, advice: 'An edit marker stands in the file: write the file as it shall be.' },
  { line: /^\s*(?:\.{3}|…)/, advice: 'Dots stand for code that is left out: write the whole file.' },
  { line: /[“”‘’]/, advice: 'Typographic quotes stand in the code: use \' or ".' },
];

export interface SyntaxProblem {
  message: string;
  /** From 1, or an offset in UTF-16 units. */
  at: { line: number; column: number } | number;
  /** An error, unless it may be that the grammar is wrong. */
  severity?: Finding['severity'];
}

/** The first few problems of a file, one a line, as findings. */
export function syntaxFindings(file: ProjectFile, problems: readonly SyntaxProblem[]): Finding[] {
  const found = problems.slice(0, looksAt).map(({ message, at, severity = 'error' }) => {
    const told = typeof at === 'number' ? placeOf(file, at) : placeAt(file, at.line, at.column);
    const place = told.excerpt === null ? placeOf(file, file.content.trimEnd().length) : told; // an early end stands on an empty line
    return finding('syntactic', 'syntax-error', withAdvice(message, place.excerpt ?? ''), { ...place, severity });
  });
  return found.filter(({ line }, index) => found.findIndex((other) => other.line === line) === index).slice(0, perFile);
}

/** Whether a line is none of any language. */
export const isStray = (text: string): boolean => strayLines.some(({ line }) => line.test(text));

/** A parser that gave up: no person nests code so deep. */
export const tooDeep = ({ path }: ProjectFile): Finding =>
  finding('syntactic', 'nested-too-deep', 'The file is nested too deeply to be parsed. Flatten it.', { file: path });

function withAdvice(message: string, excerpt: string): string {
  const advice = strayLines.find(({ line }) => line.test(excerpt))?.advice;
  return advice ? `${message}. ${advice}` : message;
}
