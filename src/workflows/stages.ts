import { ActivityCancellationType, type ActivityOptions, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { stageFailure } from './ending.ts';
import type { Run } from './run.ts';

export type Stages = Activities;
export type Stage = keyof Activities;

/** Tried again until the run's time is over, not a number of times: a deployed fix then rescues what was paid for. */
const retry = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const;

/** Reads and writes the store and computes; a hostile answer of megabytes takes seconds, a stuck disk is no reason to wait longer. */
const quick: ActivityOptions = { startToCloseTimeout: '60s', retry };

/** Streams for minutes. Its heartbeats tell a dead worker within 15 s, and bring a cancellation to it. */
const model: ActivityOptions = { heartbeatTimeout: '15s', retry };

/** Runs foreign code, for as long as the worker's own limit lets it; heartbeats as for the model. */
const sandbox: ActivityOptions = { heartbeatTimeout: '15s', retry };

/** The plan's own time is not known yet, or is over: these two have a short time of their own. */
const ownTimeMs = { acceptPlan: 300_000, assembleResult: 120_000 };

/** Queues are named after the workflow's, so that slots are set apart and a worker serves only what it can. */
const stages: Record<Stage, { queue: '' | '-models' | '-sandbox'; options: ActivityOptions; timeMs?: number }> = {
  acceptPlan: { queue: '', options: quick, timeMs: ownTimeMs.acceptPlan },
  buildPrompt: { queue: '', options: quick },
  callModel: { queue: '-models', options: model },
  parseResponse: { queue: '', options: quick },
  validateArtifacts: { queue: '', options: quick },
  runTests: { queue: '-sandbox', options: sandbox },
  assembleResult: { queue: '', options: quick, timeMs: ownTimeMs.assembleResult },
};

const activities = proxyActivities<Activities>({
  // Not the SDK's default in fact: without it a run closes while its sandbox still lives.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  scheduleToCloseTimeout: '1h',
});

/** The stages of one run, each within the time that the run has left, and shown with what the stage before found. */
export function stagesOf(run: Run): Stages {
  const call = (stage: Stage) => async (input: unknown) => {
    const { queue, options, timeMs } = stages[stage];
    const summary = run.enter(stage);
    try {
      const output = await run_(stage).executeWithOptions(
        {
          ...options,
          taskQueue: `${workflowInfo().taskQueue}${queue}`,
          scheduleToCloseTimeout: timeMs ?? run.timeLeftMs(),
          summary,
        },
        [input],
      );
      run.leave(output.summary);
      return output;
    } catch (error) {
      throw stageFailure(error, run.place());
    }
  };
  return Object.fromEntries(Object.keys(stages).map((stage) => [stage, call(stage as Stage)])) as unknown as Stages;
}

/** One stage as the general shape that all of them have: an object in, an object with a `summary` out. */
const run_ = (stage: Stage) =>
  activities[stage] as unknown as {
    executeWithOptions(options: ActivityOptions, args: [unknown]): Promise<{ summary: string }>;
  };
