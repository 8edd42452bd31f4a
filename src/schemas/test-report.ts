import { z } from 'zod';
import { Finding } from './finding.ts';

/** What ROMA reads of a test run. ROMA takes `exit_code` 0 for passed, so it is 0 only for a run that PTC calls passed. */
export const TestResults = z.strictObject({
  test_command: z.string(),
  exit_code: z.int(),
  stdout: z.string(),
  stderr: z.string(),
  tests_passed: z.int().nonnegative(),
  tests_failed: z.int().nonnegative(),
  duration_seconds: z.number().nonnegative(),
});
export type TestResults = z.infer<typeof TestResults>;

export const TestCase = z.strictObject({
  name: z.string(),
  file: z.string().nullable(),
  line: z.int().positive().nullable(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  message: z.string().nullable(),
  durationMs: z.number().nonnegative(),
});
export type TestCase = z.infer<typeof TestCase>;

/** A test run and what it says to the model. `passed`: exit code 0, a complete report, at least one test, none failed. */
export const TestReport = z.strictObject({
  passed: z.boolean(),
  results: TestResults,
  cases: z.array(TestCase),
  findings: z.array(Finding),
});
export type TestReport = z.infer<typeof TestReport>;
