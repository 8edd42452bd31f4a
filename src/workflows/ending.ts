import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  RetryState,
  TemporalFailure,
  TimeoutFailure,
} from '@temporalio/common';
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { FailureType } from '../activities/failures.ts';
import type { Ending } from '../schemas/stages.ts';
import type { Run } from './run.ts';

const timeIsOver: FailureType = 'OutOfTime';

/** Where a run is, for messages: the stage under way, as `callModel in round 2`. */
export type Place = string;

/**
 * Does the work, and says how it ended. A failure after a usable round is an ending that keeps its files; before one
 * it fails the run.
 */
export async function untilDoneOrOutOfTime(run: Run, work: () => Promise<void>): Promise<Ending> {
  try {
    await work();
    return { kind: 'finished' };
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    if (error.type === timeIsOver) return { kind: 'timeout', message: error.message };
    if (run.best()) return { kind: 'failed', message: `${run.place()} failed: ${error.type}: ${error.message}` };
    throw error;
  }
}

export const outOfTime = (place: Place, lastFailure: string | null): ApplicationFailure =>
  ApplicationFailure.nonRetryable(
    `the run's time was over in ${place}; ${lastFailure ? `its last failure: ${lastFailure}` : 'it had not failed before'}`,
    timeIsOver,
  );

/** What a stage failed of, as the typed failure that callers see: Temporal's wrapping hides it one level down. */
export function stageFailure(error: unknown, place: Place): unknown {
  // A stage may fail while it is being cancelled; the run was cancelled all the same.
  if (CancellationScope.current().consideredCancelled) return new CancelledFailure(`cancelled in ${place}`);
  if (isCancellation(error) || !(error instanceof ActivityFailure)) return error;
  const { cause, retryState } = error;
  if (cause instanceof TimeoutFailure) return outOfTime(place, timeoutCause(cause));
  if (!(cause instanceof ApplicationFailure)) return error;
  if (cause.type === timeIsOver) return outOfTime(place, cause.message || null);
  return retryState === RetryState.TIMEOUT ? outOfTime(place, describe(cause)) : cause;
}

const timeoutCause = ({ cause }: TimeoutFailure): string | null =>
  cause instanceof TemporalFailure ? describe(cause) : null;

const describe = (failure: TemporalFailure): string =>
  failure instanceof ApplicationFailure && failure.type ? `${failure.type}: ${failure.message}` : failure.message;
