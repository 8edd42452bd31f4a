import type { Parser } from 'web-tree-sitter';
import { parse } from './tree-sitter.ts';

/** Where a parser could not go on. Offsets are in UTF-16 units. */
export interface FirstError {
  /** Where the last token ends that was understood. */
  after: number;
  /** Where the token begins that was not, and its text: empty at the end of the file. */
  at: number;
  found: string;
  /** What would have made the text go on, as a grammar's symbol: `;`. */
  missing: string | null;
  /** The symbols that may stand there. */
  expected: string[];
}

interface Step {
  state: number;
  row: number;
  bytes: number;
  size: number;
  symbol: string;
}

/** In UTF-16 units. Each step of the parser is told as text, which costs much more than the step. */
const longestTraced = 32 * 1024;

/**
 * The first error of a text that has one. A tree shows only how it was mended, so this listens to the parser: it tells
 * each step, each version that failed, and, once all have failed, what it mends the text with.
 */
export function firstError(parser: Parser, text: string): FirstError | null {
  if (text.length > longestTraced) return null;
  const trace = new Trace();
  parse(
    parser,
    text,
    (message, lexing) => lexing || trace.hear(message),
    () => trace.isOver,
  )?.delete();
  return trace.failed ? describe(parser, text, trace.failed, trace.missing) : null;
}

class Trace {
  failed: Step | null = null;
  missing: string | null = null;
  isOver = false;
  #step: Step = { state: 0, row: 0, bytes: 0, size: 0, symbol: '' };
  #isMending = false;

  hear(message: string): void {
    if (this.isOver) return;
    if (/^(?:shift|reduce|skip)/.test(message)) return; // the most frequent
    const [, state, row, bytes] = /^process .*state:(\d+), row:(\d+), col:(\d+)/.exec(message) ?? [];
    if (this.#isMending) this.#hearMending(message, state !== undefined);
    else if (state !== undefined)
      this.#step = { state: Number(state), row: Number(row), bytes: Number(bytes), size: 0, symbol: '' };
    else if (message.startsWith('lexed_lookahead') || message.startsWith('reused_lookahead')) this.#look(message);
    else if (message.startsWith('detect_error')) this.#fail();
    else if (message.startsWith('resume version')) this.#isMending = this.failed !== null;
  }

  #hearMending(message: string, hasGoneOn: boolean): void {
    this.missing = /^recover_with_missing symbol:(.*), state/.exec(message)?.[1] ?? null;
    this.isOver = this.missing !== null || hasGoneOn;
  }

  #look(message: string): void {
    const [, symbol = '', size] = /sym:(.*), size:(\d+)$/.exec(message) ?? [];
    this.#step = { ...this.#step, symbol, size: Number(size ?? 0) };
  }

  /** Of several readings of one text, the one that got farthest is what its writer meant. */
  #fail(): void {
    const { failed } = this;
    const step = this.#step;
    if (!failed || step.row > failed.row || (step.row === failed.row && step.bytes >= failed.bytes)) this.failed = step;
  }
}

function describe(parser: Parser, text: string, step: Step, missing: string | null): FirstError {
  const after = startOfLine(text, step.row) + step.bytes / 2;
  const token = text.slice(after, after + step.size / 2);
  const found = step.symbol === 'end' ? '' : token.trimStart();
  return {
    after,
    at: found === '' ? text.trimEnd().length : after + token.length - found.length,
    found,
    missing,
    expected: symbolsAt(parser, step.state).filter((symbol) => symbol !== step.symbol),
  };
}

function symbolsAt(parser: Parser, state: number): string[] {
  const symbols = parser.language?.lookaheadIterator(state);
  if (!symbols) return [];
  const all = [...symbols];
  symbols.delete();
  return all;
}

/** tree-sitter's lines end with \n alone. */
function startOfLine(text: string, row: number): number {
  let offset = 0;
  for (let line = 0; line < row; line++) offset = text.indexOf('\n', offset) + 1;
  return offset;
}
