import { z } from 'zod';
import { DraftFile } from './artifact.ts';
import { Finding } from './finding.ts';
import type { Reference } from './reference.ts';
import { TestReport } from './test-report.ts';

/** A round's files with all that was found about them so far; a document in the store. */
export const Draft = z.strictObject({
  round: z.int().positive(),
  files: z.array(DraftFile),
  findings: z.array(Finding),
  /** Null until its tests ran. */
  tests: TestReport.nullable(),
  /** Why its tests could not run, though they were asked for. */
  testsUnavailable: z.string().nullable(),
  promptVersion: z.string(),
});
export type Draft = z.infer<typeof Draft>;

/** What the workflow knows of a draft: enough to choose the best one and to tell a person what was found. */
export interface CheckedDraft {
  /** One line, first, for the timeline. */
  summary: string;
  draft: Reference;
  round: number;
  files: number;
  /** Findings that cost the round, before tests. */
  errors: number;
  testsFailed: number;
  /** Nothing is left to repair. */
  passed: boolean;
  /** Tests were asked for and cannot run here: another round would not change that. */
  testsUnavailable: boolean;
  /** The first few findings, a short line each. */
  findings: string[];
  /** Short hashes of its files and of all that was found: two rounds that share one go in circles. */
  filesKey: string;
  findingsKey: string;
}
