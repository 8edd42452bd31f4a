import { ExecutionPlan, type PlanDefaults } from '../schemas/plan.ts';
import { describeProblems } from '../schemas/problems.ts';
import type { AcceptedPlan, ModelChoice } from '../schemas/stages.ts';
import { unreadableProblem } from '../schemas/unreadable.ts';
import { putDocument, type Store } from '../store/store.ts';
import { invalidPlan } from './failures.ts';

/** Where the model families of a plan lead with the keys that this worker holds. */
export type ResolveModel = (family: ExecutionPlan['primary_llm']) => ModelChoice | { missing: string[] };

export interface PlanAcceptance {
  defaults: PlanDefaults;
  resolveModel: ResolveModel;
  store: Store;
}

/** Checks the plan, fills in what it leaves open, and decides which model will answer. No token is spent before this. */
export async function acceptPlan(
  input: unknown,
  { defaults, resolveModel, store }: PlanAcceptance,
): Promise<AcceptedPlan> {
  const plan = parsePlan(input);
  const model = resolveModel(plan.primary_llm);
  if ('missing' in model) throw invalidPlan([unreachable('primary_llm', plan.primary_llm, model.missing)]);
  const maxIterations = plan.max_iterations ?? defaults.maxIterations;
  const timeoutSeconds = plan.timeout_seconds ?? defaults.timeoutSeconds;
  return {
    summary: `${model.provider} ${model.name} · up to ${rounds(maxIterations)} in ${timeoutSeconds} s`,
    reference: await putDocument(store, { ...plan, max_iterations: maxIterations, timeout_seconds: timeoutSeconds }),
    executionId: plan.execution_id,
    model,
    fallback: fallbackOf(plan, resolveModel),
    maxIterations,
    timeoutMs: timeoutSeconds * 1000,
    testing: plan.enable_testing,
    warnings: warningsOf(plan, resolveModel),
  };
}

function parsePlan(input: unknown): ExecutionPlan {
  const unreadable = unreadableProblem(input);
  if (unreadable) throw invalidPlan([unreadable]);
  const parsed = ExecutionPlan.safeParse(input);
  if (!parsed.success) throw invalidPlan(describeProblems(parsed.error, input));
  return parsed.data;
}

function fallbackOf({ fallback_llm }: ExecutionPlan, resolveModel: ResolveModel): ModelChoice | null {
  const fallback = fallback_llm && resolveModel(fallback_llm);
  return fallback && 'provider' in fallback ? fallback : null;
}

function warningsOf({ fallback_llm }: ExecutionPlan, resolveModel: ResolveModel): string[] {
  const fallback = fallback_llm && resolveModel(fallback_llm);
  return fallback && 'missing' in fallback ? [unreachable('fallback_llm', fallback_llm, fallback.missing)] : [];
}

const rounds = (count: number): string => (count === 1 ? '1 round' : `${count} rounds`);

const unreachable = (field: string, family: string, missing: string[]): string =>
  `${field}: no key of this worker reaches "${family}"; set ${missing.join(' or ')} where the worker runs`;
