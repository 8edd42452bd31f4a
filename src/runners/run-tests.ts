import type { SandboxProvider } from '../sandboxes/sandbox.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import type { TestReport } from '../schemas/test-report.ts';
import { runnerFor, runners } from './index.ts';

export interface RunTestsRequest {
  files: ProjectFile[];
  sandbox: SandboxProvider;
  /** Names the run and attempt in the sandbox's labels and folders. */
  label: string;
  signal: AbortSignal;
  timeoutMs: number;
  /** By name; by default the files decide. */
  runner?: string;
}

/** `unavailable` says in a sentence why no runner fits: neither a pass nor a failure. */
export type TestOutcome = { report: TestReport; runner: string } | { unavailable: string };

/**
 * Runs a project's tests in a sandbox of their own, which is gone when this returns.
 * @throws {SandboxError} when the sandbox fails; with the signal's reason when it is aborted.
 */
export async function runTests(request: RunTestsRequest): Promise<TestOutcome> {
  const { files, label, signal, timeoutMs } = request;
  const runner = runnerFor(files, request.runner);
  if (runner === null) return { unavailable: whyNone(files) };
  await using sandbox = await request.sandbox.open({ files, toolchains: runner.toolchains, label, signal });
  const result = await sandbox.run({ ...runner.command(files), timeoutMs }, signal);
  return { report: runner.read(result, files), runner: runner.name };
}

function whyNone(files: ProjectFile[]): string {
  const tests = files.filter(({ type }) => type === 'test');
  const known = runners.map(({ name, languages }) => `${name} (${languages.join(', ')})`).join(', ');
  if (tests.length === 0) return `there are no test files; known runners: ${known}`;
  const languages = [...new Set(tests.map(({ language, path }) => language ?? path))];
  return `no test runner for ${languages.join(', ')}; known: ${known}`;
}
