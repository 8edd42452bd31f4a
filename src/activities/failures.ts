import { ApplicationFailure } from '@temporalio/common';
import { ProviderError } from '../providers/provider.ts';
import { SandboxError } from '../sandboxes/sandbox.ts';
import { StoreError } from '../store/store.ts';

/**
 * What a run can fail of, by the type that callers and the Web UI see. All but `InvalidPlan`, `ProviderRejected`,
 * `ResultTooLarge` and `OutOfTime` are tried again until the run's time is over.
 */
export type FailureType =
  | 'InvalidPlan'
  | 'ProviderRejected'
  | 'ProviderUnavailable'
  | 'SandboxUnavailable'
  | 'StoreUnavailable'
  | 'ResultTooLarge'
  | 'OutOfTime';

const failure = (
  type: FailureType,
  message: string,
  options: { retry: boolean; afterMs?: number | null; cause?: Error },
) =>
  ApplicationFailure.create({
    type,
    message,
    nonRetryable: !options.retry,
    ...(options.afterMs ? { nextRetryDelay: options.afterMs } : {}),
    ...(options.cause ? { cause: options.cause } : {}),
  });

export const invalidPlan = (problems: string[]): ApplicationFailure =>
  failure('InvalidPlan', `the plan cannot be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`, {
    retry: false,
  });

export const resultTooLarge = (message: string): ApplicationFailure =>
  failure('ResultTooLarge', message, { retry: false });

/** Its message is the last failure, for the workflow to put into words. */
export const outOfTime = (lastFailure: string | null): ApplicationFailure =>
  failure('OutOfTime', lastFailure ?? '', { retry: false });

/** A part's own error as the failure that Temporal and people act on; anything else is a bug and passes through. */
export function toFailure(error: unknown): unknown {
  if (error instanceof ProviderError) {
    return error.kind === 'rejected'
      ? failure('ProviderRejected', error.message, { retry: false })
      : failure('ProviderUnavailable', error.message, { retry: true, afterMs: error.retryAfterMs });
  }
  if (error instanceof SandboxError) return failure('SandboxUnavailable', error.message, { retry: true });
  if (error instanceof StoreError) return failure('StoreUnavailable', error.message, { retry: true });
  return error;
}
