import { runTests as runTestsIn } from '../runners/run-tests.ts';
import type { SandboxProvider } from '../sandboxes/sandbox.ts';
import { Draft } from '../schemas/draft.ts';
import type { CheckDraftInput, CheckedDraft } from '../schemas/stages.ts';
import type { TestReport } from '../schemas/test-report.ts';
import { getDocument, putDocument, type Store } from '../store/store.ts';
import { checkedDraft, headline } from './checked-draft.ts';
import { readFiles } from './draft-files.ts';
import { withHeartbeat } from './heartbeat.ts';

export interface TestBench {
  sandbox: SandboxProvider;
  store: Store;
  /** How long one test run may take before it counts as a finding. */
  testTimeoutMs: number;
}

/** Runs a draft's tests in a sandbox of its own. An activity may run twice, so each attempt opens and disposes of one. */
export async function runTests(
  { draft }: CheckDraftInput,
  label: string,
  { sandbox, store, testTimeoutMs }: TestBench,
): Promise<CheckedDraft> {
  const before = await getDocument(store, draft, Draft);
  const files = await readFiles(before.files, store);
  const run = await withHeartbeat(({ signal }) =>
    runTestsIn({ files, sandbox, label, signal, timeoutMs: testTimeoutMs }),
  );
  const after: Draft =
    'unavailable' in run ? { ...before, testsUnavailable: run.unavailable } : { ...before, tests: run.report };
  const words = 'unavailable' in run ? `not run: ${run.unavailable}` : describe(run.report);
  return checkedDraft(words, after, await putDocument(store, after));
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
