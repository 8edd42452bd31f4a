import { z } from 'zod';
import { UtcDatetime } from './datetime.ts';
import { NonBlank } from './text.ts';

/** A model family as ROMA names it. */
export const ModelFamily = z.enum(['claude', 'kimi', 'openai']);
export type ModelFamily = z.infer<typeof ModelFamily>;

const Text = z.string();
const FreeObject = z.record(z.string(), z.unknown());

/** What is to be built. `file_structure` maps a path (a folder ends in `/`) to its description. */
export const Scaffolding = z.object({
  task_description: NonBlank,
  requirements: z.array(Text).default([]),
  architecture: FreeObject.nullable().default(null),
  dependencies: z.array(Text).default([]),
  file_structure: z.record(z.string(), Text).nullable().default(null),
  context: Text.nullable().default(null),
});
export type Scaffolding = z.infer<typeof Scaffolding>;

/**
 * The defaults that an operator may set; whatever the plan says itself wins.
 * `timeout_seconds` covers the whole run, `max_iterations` counts every round, the first included.
 */
export interface PlanDefaults {
  timeoutSeconds: number;
  maxIterations: number;
}

/**
 * ROMA's PTCExecutionPlan, with its defaults filled in. Fields it does not know are dropped, never refused:
 * a newer ROMA may send more. Source: the PTC integration of sentient-agi/ROMA, pull request 81.
 */
export const ExecutionPlan = z.object({
  execution_id: NonBlank,
  scaffolding: Scaffolding,
  primary_llm: ModelFamily.default('claude'),
  fallback_llm: ModelFamily.nullable().default('kimi'),
  max_iterations: z.int().min(1).max(10).optional(),
  timeout_seconds: z.int().min(30).max(3600).optional(),
  enable_testing: z.boolean().default(true),
  cache_strategy: z.enum(['always', 'never', 'smart']).default('smart'),
  cache_ttl: z.int().nonnegative().nullable().default(3600),
  project_name: Text.nullable().default(null),
  roma_task_id: Text.nullable().default(null),
  created_at: UtcDatetime.default(() => new Date().toISOString()),
  metadata: FreeObject.default({}),
});
export type ExecutionPlan = z.infer<typeof ExecutionPlan>;
/** What a caller writes: only `execution_id` and `scaffolding.task_description` are required. */
export type ExecutionPlanInput = z.input<typeof ExecutionPlan>;
