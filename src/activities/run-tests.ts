import { runTests as runTestsIn, type TestOutcome } from '../runners/run-tests.ts';
import type { SandboxProvider } from '../sandboxes/sandbox.ts';
import { Draft } from '../schemas/draft.ts';
import { type Finding, isError } from '../schemas/finding.ts';
import type { CheckDraftInput, CheckedDraft } from '../schemas/stages.ts';
import type { TestReport } from '../schemas/test-report.ts';
import { getDocument, putDocument, type Store } from '../store/store.ts';
import { checkIntegration } from '../validation/integration/check-integration.ts';
import { checkedDraft, headline } from './checked-draft.ts';
import { readFiles } from './draft-files.ts';
import { withHeartbeat } from './heartbeat.ts';

export interface TestBench {
  sandbox: SandboxProvider;
  store: Store;
  /** How long one test run may take before it counts as a finding. */
  testTimeoutMs: number;
}

/**
 * Asks the compilers and type checkers, and runs the tests where these find no error: each in a sandbox of its own.
 * An activity may run twice, so each attempt opens and disposes of its sandboxes.
 */
export async function runTests(
  { draft }: CheckDraftInput,
  label: string,
  { sandbox, store, testTimeoutMs }: TestBench,
): Promise<CheckedDraft> {
  const before = await getDocument(store, draft, Draft);
  const files = await readFiles(before.files, store);
  const { found, run } = await withHeartbeat(async ({ signal }) => {
    const request = { files, sandbox, label, signal, timeoutMs: testTimeoutMs };
    const found = await checkIntegration(request);
    return { found, run: found.some(isError) ? null : await runTestsIn(request) };
  });
  const checked: Draft = { ...before, findings: [...before.findings, ...found] };
  const after = run === null ? checked : withRun(checked, run);
  return checkedDraft(run === null ? refusal(found) : describeRun(run), after, await putDocument(store, after));
}

const withRun = (draft: Draft, run: TestOutcome): Draft =>
  'unavailable' in run ? { ...draft, testsUnavailable: run.unavailable } : { ...draft, tests: run.report };

const describeRun = (run: TestOutcome): string =>
  'unavailable' in run ? `not run: ${run.unavailable}` : describe(run.report);

function refusal(found: Finding[]): string {
  const errors = found.filter(isError).length;
  return errors === 1 ? 'not run: 1 error' : `not run: ${errors} errors`;
}

function describe({ passed, cases, results, findings }: TestReport): string {
  const total = results.tests_passed + results.tests_failed;
  if (passed) return `${total} of ${total} tests passed`;
  if (results.tests_failed === 0) return findings.slice(0, 1).map(headline).join() || 'no test ran';
  const failed = cases.filter(({ outcome }) => outcome === 'failed').map(({ name }) => shortName(name));
  return `${results.tests_failed} of ${total} tests failed: ${failed.slice(0, 3).join(', ')}${failed.length > 3 ? ', …' : ''}`;
}

/** `tests/test_core.py::TestDivide::test_by_zero` is known by its last part. */
const shortName = (name: string): string => name.split('::').at(-1) ?? name;
