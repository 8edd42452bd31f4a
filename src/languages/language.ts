import type { ProjectFile } from '../schemas/artifact.ts';
import type { Finding } from '../schemas/finding.ts';

/** A language as PTC knows it: how its files are called, written and checked. */
export interface Language {
  /** As in `language` of the result: lower case, `python`. */
  readonly name: string;
  /** With the dot, lower case: `.py`. */
  readonly extensions: readonly string[];
  /** Whole file names without a telling extension: `Dockerfile`. */
  readonly fileNames?: readonly string[];
  /** Other words for it in a fence's info string: `py`, `python3`. */
  readonly aliases?: readonly string[];
  /** How a line comment begins, and block comments as pairs. */
  readonly lineComments: readonly string[];
  readonly blockComments?: readonly (readonly [open: string, close: string])[];
  /** What kind of file it usually holds: source_code unless said otherwise. */
  readonly kind?: 'source_code' | 'config' | 'documentation' | 'data';
  /** Paths that are tests in this language, beyond what holds for all. */
  readonly testPaths?: RegExp;
  /** What the system prompt says about this language's conventions for code and tests, a line each. */
  readonly conventions?: readonly string[];
  /** Syntax errors of one file, by a real grammar; absent where none is at hand. Loads its parser on first use. */
  checkSyntax?(file: ProjectFile): Promise<Finding[]>;
}
