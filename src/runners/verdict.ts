import type { CommandResult } from '../sandboxes/sandbox.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, isError } from '../schemas/finding.ts';
import type { TestCase, TestReport } from '../schemas/test-report.ts';
import { cleanText, shorten } from './clean-text.ts';
import { failureFindings } from './failure-findings.ts';
import { loadFindings } from './load-findings.ts';
import type { ReportedTest, RunReport } from './report.ts';
import { limitFindings, silentFindings, unexplained } from './run-findings.ts';

/** A test run as it came out of the sandbox. */
export interface TestRun {
  /** What a person would type. */
  shown: string;
  /** The test files that the command named. */
  asked: string[];
  /** What tests may import beside the project's own files, in words for the model. */
  offers: string;
  result: CommandResult;
  report: RunReport;
  files: ProjectFile[];
}

/** History carries a report: of very many tests the failed ones come first, and the counts stay whole. */
const keptCases = 500;

/**
 * Decides whether a run passed. Neither exit code nor report is believed alone: `os._exit(0)` gives a 0 with half a
 * report, and an exit hook can write a good report over a bad one.
 */
export function verdict(run: TestRun): TestReport {
  const { result, report, shown } = run;
  const count = (outcome: TestCase['outcome']) => report.tests.filter((test) => test.outcome === outcome).length;
  const findings = findingsOf(run);
  const passed =
    result.exitCode === 0 && report.complete && count('passed') > 0 && count('failed') === 0 && !findings.some(isError);
  return {
    passed,
    results: {
      test_command: shown,
      exit_code: passed ? 0 : result.exitCode || 1,
      stdout: cleanText(result.stdout),
      stderr: cleanText(result.stderr),
      tests_passed: count('passed'),
      tests_failed: count('failed'),
      duration_seconds: result.durationMs / 1000,
    },
    cases: casesOf(report.tests),
    findings: passed || findings.some(isError) ? findings : [...findings, unexplained(run)],
  };
}

function findingsOf(run: TestRun): Finding[] {
  const { report, files, offers } = run;
  const broken = [...limitFindings(run), ...loadFindings(report.errors, files, offers)];
  const failed = failureFindings(report.tests, files);
  // A file without tests needs no words where a limit, a broken file or a torn report explains it.
  const silent = broken.length === 0 && report.complete ? silentFindings(run) : [];
  return [...broken, ...failed, ...silent];
}

function casesOf(tests: ReportedTest[]): TestCase[] {
  const kept = tests.length <= keptCases ? tests : tests.toSorted((a, b) => rank(a) - rank(b)).slice(0, keptCases);
  return kept.map(({ name, file, line, outcome, durationMs, failures }) => {
    const first = failures[0];
    const message = first === undefined ? null : shorten(`${first.type}: ${first.message}`, 500);
    return { name, file, line, outcome, message, durationMs };
  });
}

const rank = ({ outcome }: ReportedTest) => (outcome === 'failed' ? 0 : 1);
