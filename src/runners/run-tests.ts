import { languageNamed } from '../languages/index.ts';
import type { SandboxProvider } from '../sandboxes/sandbox.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, finding } from '../schemas/finding.ts';
import type { TestReport } from '../schemas/test-report.ts';
import { runners, runnersFor } from './index.ts';
import { mergeReports } from './merge-reports.ts';
import type { Runner } from './runner.ts';

export interface RunTestsRequest {
  files: ProjectFile[];
  sandbox: SandboxProvider;
  /** Names the run and attempt in the sandbox's labels and folders. */
  label: string;
  signal: AbortSignal;
  /** For each runner. */
  timeoutMs: number;
}

/** `unavailable` says in a sentence why no runner fits: neither a pass nor a failure. */
export type TestOutcome = { report: TestReport; runners: string[] } | { unavailable: string };

/**
 * Runs a project's tests, each runner in a sandbox of its own that is gone when this returns.
 * @throws {SandboxError} when the sandbox fails; with the signal's reason when it is aborted.
 */
export async function runTests(request: RunTestsRequest): Promise<TestOutcome> {
  const chosen = runnersFor(request.files);
  if (chosen.length === 0) return { unavailable: whyNone(request.files) };
  const reports: TestReport[] = [];
  for (const runner of chosen) reports.push(await runWith(runner, request));
  const report = mergeReports(reports);
  return {
    report: { ...report, findings: [...report.findings, ...notRun(request.files)] },
    runners: chosen.map(({ name }) => name),
  };
}

async function runWith(
  runner: Runner,
  { files, sandbox, label, signal, timeoutMs }: RunTestsRequest,
): Promise<TestReport> {
  await using opened = await sandbox.open({ files, toolchains: runner.toolchains, label, signal });
  return runner.read(await opened.run({ ...runner.command(files), timeoutMs }, signal), files);
}

/** Tests in a language that no runner knows, beside others that ran. */
const notRun = (files: ProjectFile[]): Finding[] =>
  files
    .filter(
      ({ type, language }) =>
        type === 'test' && isCode(language) && !runners.some(({ languages }) => languages.includes(language ?? '')),
    )
    .map(({ path, language }) =>
      finding('testing', 'tests-not-run', `There is no test runner for ${language}: this file was not run.`, {
        severity: 'warning',
        file: path,
      }),
    );

const isCode = (language: string | null): boolean =>
  language !== null && (languageNamed(language)?.kind ?? 'source_code') === 'source_code';

function whyNone(files: ProjectFile[]): string {
  const tests = files.filter(({ type }) => type === 'test');
  const known = runners.map(({ name, languages }) => `${name} (${languages.join(', ')})`).join(', ');
  if (tests.length === 0) return `there are no test files; known runners: ${known}`;
  const languages = [...new Set(tests.map(({ language, path }) => language ?? path))];
  return `no test runner for ${languages.join(', ')}; known: ${known}`;
}
