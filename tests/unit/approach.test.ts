import { describe, expect, it } from 'vitest';
import type { AcceptedPlan, CheckedDraft } from '../../src/schemas/stages.ts';
import { nextApproach, repeats } from '../../src/workflows/approach.ts';

const draft = (round: number, filesKey: string, findingsKey: string) =>
  ({ round, filesKey, findingsKey }) as CheckedDraft;
const model = { provider: 'anthropic', name: 'first' };
const fallback = { provider: 'kimi', name: 'second' };
const plan = (second: AcceptedPlan['fallback']) => ({ model, fallback: second }) as AcceptedPlan;

describe('going in circles', () => {
  it('is noticed by the same findings, the same files, and by two states that alternate', () => {
    expect(repeats(draft(2, 'b', 'x'), [draft(1, 'a', 'x')])).toBe(1);
    expect(repeats(draft(2, 'a', 'y'), [draft(1, 'a', 'x')])).toBe(1);
    expect(repeats(draft(3, 'a', 'x'), [draft(1, 'a', 'x'), draft(2, 'b', 'y')])).toBe(1);
  });

  it('is not what a round that moves on does', () => {
    expect(repeats(draft(2, 'b', 'y'), [draft(1, 'a', 'x')])).toBeNull();
    expect(repeats(draft(1, 'a', 'x'), [])).toBeNull();
  });

  it('changes the approach: the whole set anew, then the fallback model', () => {
    expect(nextApproach(plan(fallback), 0)).toEqual({ kind: 'repair', model });
    expect(nextApproach(plan(fallback), 1)).toEqual({ kind: 'afresh', model });
    expect(nextApproach(plan(fallback), 2)).toEqual({ kind: 'afresh', model: fallback });
    expect(nextApproach(plan(null), 2)).toEqual({ kind: 'afresh', model });
  });
});
