import { Context } from '@temporalio/activity';
import { outOfTime } from './failures.ts';

const everyMs = 2_000;
/** The activity ends this much before the run's time does, so that its ending still counts. */
const marginMs = 500;

/** What `work` gets: a signal that aborts on cancellation and when time is over, and a place to say how far it is. */
export interface Beating {
  signal: AbortSignal;
  report(progress: unknown): void;
}

/** What Temporal keeps of an attempt: the next one, and `describe`, can read it. */
interface Details {
  progress: unknown;
  lastFailure: string | null;
}

/**
 * Runs `work` with heartbeats, without which Temporal neither notices a dead worker nor reaches this one to cancel.
 * An abort by Temporal stays a cancellation, whatever error the aborted work throws; one by the run's time is
 * `OutOfTime`, with the failure of the attempt before.
 */
export async function withHeartbeat<T>(work: (beating: Beating) => Promise<T>): Promise<T> {
  const context = Context.current();
  const deadline = new AbortController();
  const details: Details = { progress: null, lastFailure: lastFailureOf(context) };
  const beat = () => context.heartbeat({ ...details });
  beat();
  const beating = setInterval(beat, everyMs);
  const end = setTimeout(() => deadline.abort(), millisecondsLeft(context));
  try {
    return await work({
      signal: AbortSignal.any([context.cancellationSignal, deadline.signal]),
      report: (progress) => {
        details.progress = progress;
      },
    });
  } catch (error) {
    if (context.cancellationSignal.aborted) await context.cancelled;
    if (deadline.signal.aborted) throw outOfTime(details.lastFailure);
    details.lastFailure = error instanceof Error ? error.message : String(error);
    beat();
    throw error;
  } finally {
    clearInterval(beating);
    clearTimeout(end);
  }
}

const lastFailureOf = ({ info }: Context): string | null =>
  (info.heartbeatDetails as Details | undefined)?.lastFailure ?? null;

function millisecondsLeft({ info }: Context): number {
  const { scheduledTimestampMs, scheduleToCloseTimeoutMs } = info;
  return Math.max(0, scheduledTimestampMs + scheduleToCloseTimeoutMs - marginMs - Date.now());
}
