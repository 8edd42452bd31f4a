import type { Token } from './tokens.ts';

/** What PTC knows of a language's tree-sitter grammar beyond the grammar itself. */
export interface Grammar {
  /** The package's WebAssembly file: `tree-sitter-go/tree-sitter-go.wasm`. */
  readonly wasm: string;
  /** Tokens that must pair up, by the grammar's names. */
  readonly pairs: readonly (readonly [open: string, close: string])[];
  /** Whether every error of the grammar is one of the language. Elsewhere an error needs evidence, or is a warning. */
  readonly exact: boolean;
  /** The text as the grammar can read it, of the same length: what is newer than the grammar is written the older way. */
  prepare?(content: string): string;
  /** What the grammar reads wrong beyond its own line: a file that holds it is not judged. */
  readonly unreadable?: RegExp;
  /** A line where the grammar is known to be wrong: an error there says nothing. */
  readonly doubts?: RegExp;
  /** A statement that ends with `;` for certain, where the grammar alone cannot tell it from a macro. */
  readonly statement?: RegExp;
  /** Whether a string may go on in the next line. */
  readonly multilineStrings?: boolean;
  /** Words that end a block, and the node that the grammar makes of them where there is none. */
  readonly misread?: { readonly words: ReadonlySet<string>; readonly type: string; readonly parents: RegExp };
  /** The word that opens the block without an end, where words open blocks and only layout can tell which. */
  openBlock?(content: string): Token | null;
}

/** Text of the same length and lines, with `with` in place of what was there. */
export const inPlace = (found: string, replacement = ''): string =>
  replacement + found.slice(replacement.length).replace(/[^\r\n]/g, ' ');

/**
 * A `prepare` out of patterns, each with what may stand in its place. Contents are hostile: a pattern begins with a
 * literal and looks behind from there, within a bound, or a long line of spaces takes minutes.
 */
export const rewrite =
  (...rules: readonly (readonly [pattern: RegExp, replacement?: string])[]) =>
  (content: string): string =>
    rules.reduce(
      (text, [pattern, replacement]) => text.replace(pattern, (found) => inPlace(found, replacement)),
      content,
    );
