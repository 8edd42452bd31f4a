import { setCurrentDetails, setHandler, upsertMemo, workflowInfo } from '@temporalio/workflow';
import type { Reference } from '../schemas/reference.ts';
import type { ArtifactResult } from '../schemas/result.ts';
import type {
  AcceptedPlan,
  AssembleResultInput,
  CheckedDraft,
  Ending,
  ModelChoice,
  ModelResponse,
} from '../schemas/stages.ts';
import type { LlmUsage } from '../schemas/usage.ts';
import { type Approach, nextApproach, repeats } from './approach.ts';
import { outOfTime } from './ending.ts';
import { addUsage, type Chapter, type Progress, place, progressQuery, tell, totals } from './progress.ts';
import type { Stage } from './stages.ts';

/** What one run knows of itself. */
export interface Run {
  accept(plan: AcceptedPlan): AcceptedPlan;
  nextRound(): number;
  /** A stage begins: the line that the timeline shows beside it. */
  enter(stage: Stage): string;
  /** A stage ended, with its own one-line summary. */
  leave(found: string): void;
  answer(response: ModelResponse): ModelResponse;
  record(draft: CheckedDraft): CheckedDraft;
  /** How the round that begins goes about it. */
  approach(plan: AcceptedPlan): Approach;
  finish(result: ArtifactResult): ArtifactResult;
  latest(): Reference | null;
  best(): CheckedDraft | null;
  /** @throws OutOfTime when nothing is left. */
  timeLeftMs(): number;
  place(): string;
  outcome(plan: AcceptedPlan, ending: Ending): AssembleResultInput;
}

/** Follows one run, answers the `progress` query, and keeps the details that the Web UI shows. */
export function trackRun(): Run {
  const { startTime, firstExecutionRunId } = workflowInfo();
  let plan: AcceptedPlan | null = null;
  let stage: Progress['stage'] = 'acceptPlan';
  let round = 0;
  let answers = 0;
  let found = '';
  let drafts: CheckedDraft[] = [];
  let circles = 0;
  let model: ModelChoice | null = null;
  let notes: string[] = [];
  let usage: LlmUsage[] = [];
  let status: Progress['status'] = 'RUNNING';
  let story: Chapter[] = [];

  const best = () =>
    drafts.reduce<CheckedDraft | null>((before, draft) => (before && isBetter(before, draft) ? before : draft), null);
  const elapsedMs = () => Date.now() - startTime.getTime();
  const progress = (): Progress => ({
    summary: found,
    status,
    stage,
    round,
    max_iterations: plan?.maxIterations ?? null,
    model: model && nameOf(model),
    ...totals(usage),
    findings: drafts.at(-1)?.findings ?? [],
    story,
    draft: best()?.draft ?? null,
    started_at: startTime.toISOString(),
  });
  const show = () => setCurrentDetails(tell(progress()));

  setHandler(progressQuery, progress);
  return {
    accept(accepted) {
      plan = accepted;
      model = accepted.model;
      return accepted;
    },
    nextRound: () => ++round,
    enter(next) {
      stage = next;
      show();
      return label(round, model, found);
    },
    leave(summary) {
      found = summary;
      if (stage !== 'done') story = [...story, { round, stage, found: summary, atMs: elapsedMs() }];
      show();
    },
    answer(response) {
      answers += 1;
      usage = addUsage(usage, response);
      return response;
    },
    record(draft) {
      const twin = draft.passed ? null : repeats(draft, drafts);
      circles = twin === null ? 0 : circles + 1;
      if (twin !== null) notes = [...notes, `round ${draft.round} came to what round ${twin} had come to`];
      drafts = [...drafts, draft];
      return draft;
    },
    approach(accepted) {
      const approach = nextApproach(accepted, circles);
      model = approach.model;
      if (approach.kind === 'afresh') notes = [...notes, `round ${round} started afresh, with ${nameOf(model)}`];
      return approach;
    },
    finish(result) {
      stage = 'done';
      status = result.status;
      found = result.summary;
      upsertMemo({ status, summary: result.summary });
      show();
      return result;
    },
    latest: () => drafts.at(-1)?.draft ?? null,
    best: () => usable(best()),
    timeLeftMs() {
      const left = (plan?.timeoutMs ?? 0) - elapsedMs();
      if (left <= 0) throw outOfTime(place({ stage, round }), null);
      return left;
    },
    place: () => place({ stage, round }),
    outcome: (accepted, ending) => ({
      plan: accepted,
      best: usable(best()),
      ending,
      rounds: answers,
      usage,
      findings: drafts.at(-1)?.findings ?? [],
      notes,
      startedAt: startTime.toISOString(),
      runId: firstExecutionRunId,
    }),
  };
}

/** Fewest validation errors, then fewest failed tests, then the later one. */
const isBetter = (before: CheckedDraft, now: CheckedDraft): boolean =>
  before.errors < now.errors || (before.errors === now.errors && before.testsFailed < now.testsFailed);

const usable = (draft: CheckedDraft | null): CheckedDraft | null => (draft && draft.files > 0 ? draft : null);

const nameOf = ({ provider, name }: ModelChoice): string => `${provider} ${name}`;

/** Temporal keeps 400 bytes of it. */
const label = (round: number, model: ModelChoice | null, found: string): string =>
  [round > 0 ? `round ${round}` : null, model?.name, found || null].filter(Boolean).join(' · ').slice(0, 180);
