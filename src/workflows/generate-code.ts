import type { ExecutionPlanInput } from '../schemas/plan.ts';
import type { ArtifactResult } from '../schemas/result.ts';
import type { AcceptedPlan, CheckedDraft, ModelResponse } from '../schemas/stages.ts';
import { untilDoneOrOutOfTime } from './ending.ts';
import { type Run, trackRun } from './run.ts';
import { type Stages, stagesOf } from './stages.ts';

/** Turns a plan into files that pass their tests, or into the best of `max_iterations` rounds. */
export async function generateCode(input: ExecutionPlanInput): Promise<ArtifactResult> {
  const run = trackRun();
  const stages = stagesOf(run);
  const plan = run.accept(await stages.acceptPlan(input));
  const ending = await untilDoneOrOutOfTime(run, () => refine(plan, run, stages)); // after a usable round no failure loses files
  return run.finish(await stages.assembleResult(run.outcome(plan, ending)));
}

async function refine(plan: AcceptedPlan, run: Run, stages: Stages): Promise<void> {
  for (let round = run.nextRound(); ; round = run.nextRound()) {
    const previous = run.latest();
    const { kind: approach, model } = run.approach(plan);
    const { prompt } = await stages.buildPrompt({ plan: plan.reference, round, draft: previous, approach });
    const response = run.answer(await stages.callModel({ model, prompt, round }));
    const draft = run.record(await check(plan, response, round, previous, stages));
    if (draft.passed || draft.testsUnavailable || round === plan.maxIterations) return;
  }
}

/** Asks the gates cheapest first, and stops at the first that finds something. */
async function check(
  { reference: plan, testing }: AcceptedPlan,
  { text, stop }: ModelResponse,
  round: number,
  previous: CheckedDraft['draft'] | null,
  stages: Stages,
): Promise<CheckedDraft> {
  const parsed = await stages.parseResponse({ plan, round, text, stop, previous });
  if (parsed.errors > 0) return parsed;
  const valid = await stages.validateArtifacts({ plan, round, draft: parsed.draft });
  return valid.errors > 0 || !testing ? valid : stages.runTests({ plan, round, draft: valid.draft });
}
