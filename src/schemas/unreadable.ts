/** Stands for an argument that is no JSON, so that a workflow can refuse it: a decoding error would stall the run for ever. */
export interface Unreadable {
  [mark]: string;
}
const mark = 'ptc:unreadable';

export const unreadable = (problem: string): Unreadable => ({ [mark]: problem });

/** What was wrong with an argument that could not be read; null for one that could. */
export function unreadableProblem(input: unknown): string | null {
  const problem = typeof input === 'object' && input !== null && mark in input ? input[mark] : null;
  return typeof problem === 'string' ? problem : null;
}
