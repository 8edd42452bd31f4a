import type { AcceptedPlan, CheckedDraft, ModelChoice } from '../schemas/stages.ts';

/** How the next round goes about it: repair what is there, or the whole set anew, by which model. */
export interface Approach {
  kind: 'repair' | 'afresh';
  model: ModelChoice;
}

/** The earlier round that this draft repeats, by its files or by what was found in them; null for one that moves on. */
export function repeats(draft: CheckedDraft, earlier: readonly CheckedDraft[]): number | null {
  const twin = earlier.findLast(
    ({ filesKey, findingsKey }) => filesKey === draft.filesKey || findingsKey === draft.findingsKey,
  );
  return twin?.round ?? null;
}

/** After one circle the same model starts anew; after the next the fallback does, where there is one. */
export function nextApproach({ model, fallback }: AcceptedPlan, circles: number): Approach {
  if (circles === 0) return { kind: 'repair', model };
  return { kind: 'afresh', model: circles > 1 && fallback ? fallback : model };
}
