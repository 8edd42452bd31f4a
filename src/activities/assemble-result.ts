import type { CodeArtifact } from '../schemas/artifact.ts';
import { Draft } from '../schemas/draft.ts';
import { isError } from '../schemas/finding.ts';
import { ExecutionPlan } from '../schemas/plan.ts';
import { ArtifactResult, type ResultStatus } from '../schemas/result.ts';
import type { AssembleResultInput } from '../schemas/stages.ts';
import { getDocument, type Store } from '../store/store.ts';
import { readFiles } from './draft-files.ts';
import { resultTooLarge } from './failures.ts';

/** Temporal refuses a payload over 2 MiB, again and again until the run's end; this much is left for the rest. */
const largestBytes = 2 * 1024 * 1024 - 16 * 1024;

/** Loads the best draft's files and writes what ROMA reads. */
export async function assembleResult(input: AssembleResultInput, store: Store): Promise<ArtifactResult> {
  const plan = await getDocument(store, input.plan.reference, ExecutionPlan);
  const draft = input.best ? await getDocument(store, input.best.draft, Draft) : null;
  const artifacts = draft ? await toArtifacts(draft, plan, store) : [];
  const outcome = judge(input, draft);
  const completedAt = new Date();
  const result = ArtifactResult.parse({
    summary: summarize(outcome.status, input, draft),
    execution_id: input.plan.executionId,
    status: outcome.status,
    artifacts,
    test_results: draft?.tests?.results ?? null,
    iterations_used: input.rounds,
    error_message: outcome.message,
    warnings: [...input.plan.warnings, ...input.notes, ...(draft ? draftWarnings(draft) : [])],
    llm_usage: input.usage,
    started_at: input.startedAt,
    completed_at: completedAt.toISOString(),
    duration_seconds: Math.max(0, completedAt.getTime() - Date.parse(input.startedAt)) / 1000,
    from_cache: false,
    cache_key: null,
    metadata: { prompt_version: draft?.promptVersion ?? null, run_id: input.runId, best_round: draft?.round ?? null },
  } satisfies ArtifactResult);
  refuseTooLarge(result);
  return result;
}

interface Outcome {
  status: ResultStatus;
  message: string | null;
}

function judge({ ending, best, findings }: AssembleResultInput, draft: Draft | null): Outcome {
  if (ending.kind === 'timeout') return { status: 'TIMEOUT', message: ending.message };
  if (!best || !draft) return { status: 'FAILURE', message: `no answer had a usable file: ${findings.join('; ')}` };
  if (ending.kind === 'failed') return { status: 'PARTIAL_SUCCESS', message: ending.message };
  if (draft.testsUnavailable !== null) {
    return { status: 'PARTIAL_SUCCESS', message: `the tests could not run: ${draft.testsUnavailable}` };
  }
  if (best.passed) return { status: 'SUCCESS', message: null };
  return { status: 'PARTIAL_SUCCESS', message: best.findings.join('; ') };
}

async function toArtifacts(draft: Draft, { scaffolding }: ExecutionPlan, store: Store): Promise<CodeArtifact[]> {
  const files = await readFiles(draft.files, store);
  return files.map(({ path, content, type, language }) => ({
    file_path: path,
    content,
    artifact_type: type,
    language,
    description: scaffolding.file_structure?.[path] ?? null,
  }));
}

const draftWarnings = ({ findings, tests, files, testsUnavailable }: Draft): string[] => [
  ...(testsUnavailable === null ? [] : [`the tests could not run: ${testsUnavailable}`]),
  ...files.filter(({ truncated }) => truncated).map(({ path }) => `${path} is cut off: the answer ended before it did`),
  ...[...findings, ...(tests?.findings ?? [])]
    .filter((one) => !isError(one))
    .map(({ file, message }) => (file ? `${file}: ${message}` : message)),
];

function summarize(status: ResultStatus, { rounds, usage }: AssembleResultInput, draft: Draft | null): string {
  const tests = draft?.tests?.results;
  const costs = usage.map(({ cost_usd }) => cost_usd);
  const cost = costs.some((one) => one === null) ? 'cost unknown' : `$${sum(costs).toFixed(4)}`;
  const ran = tests ? [`${tests.tests_passed} of ${tests.tests_passed + tests.tests_failed} tests passed`] : [];
  return [status, `${draft?.files.length ?? 0} files`, ...ran, `round ${rounds}`, cost].join(' · ');
}

const sum = (numbers: (number | null)[]): number => numbers.reduce<number>((total, one) => total + (one ?? 0), 0);

function refuseTooLarge(result: ArtifactResult): void {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= largestBytes) return;
  const largest = result.artifacts
    .map(({ file_path, content }) => ({ file_path, bytes: Buffer.byteLength(content) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map((file) => `${file.file_path} (${file.bytes} bytes)`);
  throw resultTooLarge(
    `the result has ${bytes} bytes, of which Temporal carries ${largestBytes}; the largest files: ${largest.join(', ')}. ` +
      `The files are in the store: ptc fetch ${result.execution_id} --out DIR`,
  );
}
