import { defineQuery } from '@temporalio/workflow';
import type { Reference } from '../schemas/reference.ts';
import type { ResultStatus } from '../schemas/result.ts';
import type { ModelResponse } from '../schemas/stages.ts';
import type { LlmUsage } from '../schemas/usage.ts';
import type { Stage } from './stages.ts';

/** Where a run is. `cost_usd` is null where a price is unknown; `draft` is the best so far, in the store. */
export interface Progress {
  summary: string;
  status: ResultStatus | 'RUNNING';
  stage: Stage | 'done';
  round: number;
  max_iterations: number | null;
  model: string | null;
  tokens: number;
  cost_usd: number | null;
  findings: string[];
  /** Every stage that has ended, in order. */
  story: Chapter[];
  draft: Reference | null;
  started_at: string;
}

/** One stage that ended: what it found, and when, in milliseconds after the start. */
export interface Chapter {
  round: number;
  stage: Stage;
  found: string;
  atMs: number;
}

/** Answers on running and on closed runs. */
export const progressQuery = defineQuery<Progress>('progress');

export const totals = (usage: LlmUsage[]): Pick<Progress, 'tokens' | 'cost_usd'> => ({
  tokens: usage.reduce((total, { total_tokens }) => total + total_tokens, 0),
  cost_usd: usage.reduce<number | null>((total, { cost_usd }) => plus(total, cost_usd), 0),
});

/** One entry for each provider and model. */
export function addUsage(all: LlmUsage[], { provider, model, usage, costUsd }: ModelResponse): LlmUsage[] {
  const same = (one: LlmUsage) => one.provider === provider && one.model === model;
  const before = all.find(same);
  const now: LlmUsage = {
    provider,
    model,
    prompt_tokens: (before?.prompt_tokens ?? 0) + usage.input,
    completion_tokens: (before?.completion_tokens ?? 0) + usage.output,
    total_tokens: (before?.total_tokens ?? 0) + usage.input + usage.output,
    api_calls: (before?.api_calls ?? 0) + 1,
    cost_usd: plus(before ? before.cost_usd : 0, costUsd),
  };
  return before ? all.map((one) => (same(one) ? now : one)) : [...all, now];
}

const plus = (total: number | null, one: number | null): number | null =>
  total === null || one === null ? null : total + one;

/** The whole story as Markdown, for the Web UI; Temporal keeps 20,000 bytes of it. */
export function tell(progress: Progress): string {
  const { status, stage, round, max_iterations, model, tokens, cost_usd, findings, story } = progress;
  const cost = cost_usd === null ? 'cost unknown' : `$${cost_usd.toFixed(4)}`;
  return [
    `**${status}** · ${stage === 'done' ? progress.summary : `${stage} · round ${round} of ${max_iterations ?? '?'}`}`,
    [model ?? 'model not chosen yet', `${tokens} tokens`, cost].join(' · '),
    story.map((chapter) => `- ${place(chapter)}: ${chapter.found}`).join('\n'),
    findings.length > 0 && status !== 'SUCCESS'
      ? `Open findings:\n${findings.map((line) => `- ${line}`).join('\n')}`
      : '',
  ]
    .filter(Boolean)
    .join('\n\n')
    .slice(0, 15_000);
}

/** As `callModel in round 2`. */
export const place = ({ stage, round }: Pick<Progress, 'stage' | 'round'>): string =>
  round === 0 ? stage : `${stage} in round ${round}`;
