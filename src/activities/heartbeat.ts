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

/**
 * Runs `work` with heartbeats, without which Temporal neither notices a dead worker nor reaches this one to cancel.
 * An abort by Temporal stays a cancellation, whatever error the aborted work throws; one by the run's time is `OutOfTime`.
 */
export async function withHeartbeat<T>(work: (beating: Beating) => Promise<T>): Promise<T> {
  const context = Context.current();
  const deadline = new AbortController();
  let progress: unknown = null;
  context.heartbeat(progress);
  const beat = setInterval(() => context.heartbeat(progress), everyMs);
  const end = setTimeout(() => deadline.abort(), millisecondsLeft(context));
  try {
    return await work({
      signal: AbortSignal.any([context.cancellationSignal, deadline.signal]),
      report: (latest) => {
        progress = latest;
      },
    });
  } catch (error) {
    if (context.cancellationSignal.aborted) await context.cancelled;
    throw deadline.signal.aborted ? outOfTime(context.info.activityType) : error;
  } finally {
    clearInterval(beat);
    clearTimeout(end);
  }
}

function millisecondsLeft({ info }: Context): number {
  const { scheduledTimestampMs, scheduleToCloseTimeoutMs } = info;
  return Math.max(0, scheduledTimestampMs + scheduleToCloseTimeoutMs - marginMs - Date.now());
}
