import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** A line for each thing that is wrong: the field, what it got, what is allowed. */
export const describeProblems = (error: z.ZodError, input: unknown): string[] =>
  error.issues.map((issue) => {
    const field = issue.path.map(String).join('.') || 'plan';
    return `${field}: got ${show(valueAt(input, issue))}; ${issue.message}`;
  });

const valueAt = (input: unknown, { path }: Issue): unknown =>
  path.reduce((value: unknown, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input);

const longest = 80;

/** A value as JSON, cut: plans are large, and this text stands in error messages. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
