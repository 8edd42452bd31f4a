import type { Prompt } from '../schemas/prompt.ts';
import type { Stop } from '../schemas/response.ts';
import type { Usage } from '../schemas/usage.ts';
import type { Secret } from '../secret.ts';
import type { Deadlines } from './transport.ts';

/** The vendors that PTC knows. `openai` is any OpenAI-compatible server too, by its base URL. */
export const providerNames = ['anthropic', 'openrouter', 'kimi', 'openai'] as const;
export type ProviderName = (typeof providerNames)[number];

/** A vendor of models. Clients are built once, with the vendor's own retries off: a second loop here would hide attempts. */
export interface Provider {
  readonly name: string;
  /**
   * Asks one model once, streaming. Resolves only when the vendor said that the answer is finished.
   * @throws {ProviderError} for what the vendor or the way to it did; an aborted `signal` is rethrown as its reason.
   */
  complete(request: CompletionRequest): Promise<Completion>;
}

/** What a provider is built from. */
export interface ProviderOptions {
  key: Secret;
  /** Null: the vendor's own address. */
  baseUrl: string | null;
  deadlines: Deadlines;
  /** Null: the provider's own choice. */
  maxOutputTokens: number | null;
  /** Every configured key, since a vendor may echo one: none may reach a message. */
  secrets: readonly Secret[];
}

export interface CompletionRequest {
  /** The vendor's own id of the model. */
  model: string;
  prompt: Prompt;
  signal: AbortSignal;
  onProgress?(progress: CompletionProgress): void;
}

/** What an answer in the making looks like; `tail` is the last few words. */
export interface CompletionProgress {
  characters: number;
  tail: string;
}

export interface Completion {
  text: string;
  stop: Stop;
  /** The vendor's own word for how it ended. */
  stopReason: string;
  /** The model that answered, which may be a dated id of the one asked. */
  model: string;
  usage: Usage;
  /** US dollars: the vendor's own figure, else the price library's, else null. */
  costUsd: number | null;
  requestId: string | null;
}

/** `rejected`: asking again will not help. `unavailable`: it may, after `retryAfterMs` if the vendor named a delay. */
export type ProviderErrorKind = 'rejected' | 'unavailable';

/** What a vendor, or the way to it, did. Its message names vendor, model, status, request id and remedy, never a key. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly retryAfterMs: number | null;

  constructor(kind: ProviderErrorKind, message: string, options: ErrorOptions & { retryAfterMs?: number | null } = {}) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
