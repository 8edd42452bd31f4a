import { keyVariable } from '../config.ts';
import type { Secret } from '../secret.ts';
import { type Failure, readFailure } from './failure.ts';
import { type Rule, ruleFor } from './failure-rules.ts';
import { ProviderError, type ProviderErrorKind, type ProviderName } from './provider.ts';
import { quote } from './quote.ts';

/** Whom a failed request was for, and what must not appear in its message. */
export interface Addressee {
  provider: ProviderName;
  model: string;
  /** Every configured key: a vendor may echo one. */
  secrets: readonly Secret[];
}

/** Waits for an answer, and turns what went wrong into a ProviderError, or into the reason of an abort. */
export async function inOurTerms<Answer>(
  answer: Promise<Answer>,
  signal: AbortSignal,
  addressee: Addressee,
): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    signal.throwIfAborted();
    throw toProviderError(error, addressee);
  }
}

/**
 * What an SDK or the network threw, as a ProviderError; anything else, unchanged. It carries no `cause`: the original
 * may quote a key, and Temporal records whole chains of causes.
 */
function toProviderError(error: unknown, addressee: Addressee): unknown {
  const failure = readFailure(error);
  if (failure === null) return error;
  const { kind, remedy } = ruleFor(failure);
  const message = sentence(kind, failure, addressee) + advice(remedy, addressee.provider);
  return new ProviderError(kind, message, { retryAfterMs: kind === 'unavailable' ? failure.retryAfterMs : null });
}

function sentence(kind: ProviderErrorKind, failure: Failure, { provider, model, secrets }: Addressee): string {
  const { status, words, causes, requestId } = failure;
  const verb = kind === 'rejected' ? 'rejected the request' : 'gave no answer';
  const facts = [status && `status ${status}`, ...words, ...causes, requestId && `request ${requestId}`].filter(
    Boolean,
  );
  const details = facts.length === 0 ? '' : ` (${quote(facts.join(', '), secrets, 150)})`;
  return `${provider} ${model} ${verb}: ${quote(failure.said, secrets, 300)}${details}`;
}

function advice(remedy: Rule['remedy'], provider: ProviderName): string {
  const prefix = provider.toUpperCase();
  const variables = { key: keyVariable(provider), model: `${prefix}_MODEL`, baseUrl: `${prefix}_BASE_URL` };
  return remedy === undefined ? '' : `; ${remedy(variables)}`;
}
