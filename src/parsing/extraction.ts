import type { ArtifactType } from '../schemas/artifact.ts';
import type { Finding } from '../schemas/finding.ts';
import type { Edit } from './edits.ts';

/** What a parser makes of one answer. */
export interface Extraction {
  /** One for each path, in the order of the answer. */
  files: ExtractedFile[];
  /** Changes to files that are there already; nothing applies them yet, and each has its finding. */
  edits: Edit[];
  findings: Finding[];
}

/** One file of an answer, with where it came from and why it is called so. */
export interface ExtractedFile {
  /** As the answer names it, `/` for `\`; not yet judged safe. */
  path: string;
  content: string;
  type: ArtifactType;
  language: string | null;
  /** The answer ends before the file does. */
  truncated: boolean;
  /** A fragment, or a file with parts left out: never replaces a whole file. */
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
