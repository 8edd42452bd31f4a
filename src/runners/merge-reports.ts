import type { TestReport } from '../schemas/test-report.ts';

/** The reports of a project's runners as one: passed only if each passed. */
export function mergeReports(reports: readonly TestReport[]): TestReport {
  const results = reports.map((report) => report.results);
  const sum = (count: (one: TestReport['results']) => number) => results.reduce((total, one) => total + count(one), 0);
  const joined = (text: (one: TestReport['results']) => string, by: string) =>
    results.map(text).filter(Boolean).join(by);
  return {
    passed: reports.every(({ passed }) => passed),
    results: {
      test_command: joined(({ test_command }) => test_command, ' && '),
      exit_code: results.find(({ exit_code }) => exit_code !== 0)?.exit_code ?? 0,
      stdout: joined(({ stdout }) => stdout, '\n'),
      stderr: joined(({ stderr }) => stderr, '\n'),
      tests_passed: sum(({ tests_passed }) => tests_passed),
      tests_failed: sum(({ tests_failed }) => tests_failed),
      duration_seconds: sum(({ duration_seconds }) => duration_seconds),
    },
    cases: reports.flatMap(({ cases }) => cases),
    findings: reports.flatMap(({ findings }) => findings),
  };
}
