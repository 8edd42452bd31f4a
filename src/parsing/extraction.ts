import type { ArtifactType } from '../schemas/artifact.ts';
import type { Finding } from '../schemas/finding.ts';

/** What a parser makes of one answer. */
export interface Extraction {
  files: ExtractedFile[];
  findings: Finding[];
}

/** One file of an answer, with where it came from and why it is called so. */
export interface ExtractedFile {
  /** As the answer names it, `/` for `\`; not yet judged safe. */
  path: string;
  content: string;
  type: ArtifactType;
  language: string | null;
  /** The answer ends, or says that it leaves something out, before the file does. */
  truncated: boolean;
  /** A fragment: never replaces a whole file. */
  partial: boolean;
  /** First and last line of the content in the answer, from 1. */
  lines: { from: number; to: number };
  /** What named it, as `heading`, `info string`, `first-line comment`. */
  evidence: string;
  /** How sure that is, 0 to 1. */
  confidence: number;
}

/** What is known before reading: it names what the answer leaves unnamed. */
export interface ParseHints {
  /** Paths of the plan's `file_structure`. */
  expectedPaths?: readonly string[];
  /** Paths of the round before. */
  knownPaths?: readonly string[];
  /** The answer was cut at a length limit. */
  truncated?: boolean;
}
