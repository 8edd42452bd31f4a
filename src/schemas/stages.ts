import type { CheckedDraft } from './draft.ts';
import type { Reference } from './reference.ts';
import type { ModelResponse, Stop } from './response.ts';
import type { LlmUsage } from './usage.ts';

/** A model by its provider and the provider's own id. */
export interface ModelChoice {
  provider: string;
  name: string;
}

/** What the workflow needs of a plan; the plan itself stands in the store. Defaults are filled in for good. */
export interface AcceptedPlan {
  summary: string;
  reference: Reference;
  executionId: string;
  model: ModelChoice;
  /** Null where the plan names none or no key reaches it. */
  fallback: ModelChoice | null;
  maxIterations: number;
  timeoutMs: number;
  testing: boolean;
  warnings: string[];
}

export interface BuildPromptInput {
  plan: Reference;
  round: number;
  /** The draft to refine; null in the first round. */
  draft: Reference | null;
  /** `afresh`: the whole set anew, since earlier repairs went in circles. */
  approach: 'repair' | 'afresh';
}

export interface BuiltPrompt {
  summary: string;
  prompt: Reference;
}

export interface CallModelInput {
  round: number;
  model: ModelChoice;
  prompt: Reference;
}

export interface ParseResponseInput {
  plan: Reference;
  round: number;
  text: Reference;
  stop: Stop;
  /** The draft before, whose files are kept where this answer does not name them. */
  previous: Reference | null;
}

export interface CheckDraftInput {
  round: number;
  plan: Reference;
  draft: Reference;
}

/** How a run came to its end: by itself, out of time, or by a failure after a usable round. */
export type Ending = { kind: 'finished' } | { kind: 'timeout'; message: string } | { kind: 'failed'; message: string };

export interface AssembleResultInput {
  plan: AcceptedPlan;
  best: CheckedDraft | null;
  ending: Ending;
  rounds: number;
  usage: LlmUsage[];
  /** The last findings, for when no draft is usable. */
  findings: string[];
  /** What the caller should know of the way to the result. */
  notes: string[];
  startedAt: string;
  runId: string;
}

export type { CheckedDraft, ModelResponse };
