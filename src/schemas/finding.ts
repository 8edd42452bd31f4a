import { z } from 'zod';

/** Which gate found it. `syntactic`, `semantic` and `integration` are ROMA's; the others are PTC's own. */
export const FindingStage = z.enum(['parsing', 'plan', 'syntactic', 'semantic', 'integration', 'testing']);
export type FindingStage = z.infer<typeof FindingStage>;

/**
 * What is wrong with an answer, in words a model can act on. `file` is a path of the project; `line` and `column`
 * count from 1; `excerpt` is the code or output it speaks of.
 */
export const Finding = z.strictObject({
  severity: z.enum(['error', 'warning', 'info']),
  stage: FindingStage,
  code: z.string(),
  message: z.string(),
  file: z.string().nullable(),
  line: z.int().positive().nullable(),
  column: z.int().positive().nullable(),
  excerpt: z.string().nullable(),
});
export type Finding = z.infer<typeof Finding>;

type Place = Partial<Pick<Finding, 'severity' | 'file' | 'line' | 'column' | 'excerpt'>>;

/** A finding, an error unless told otherwise. */
export const finding = (stage: FindingStage, code: string, message: string, place: Place = {}): Finding => ({
  severity: 'error',
  stage,
  code,
  message,
  file: null,
  line: null,
  column: null,
  excerpt: null,
  ...place,
});

export const isError = ({ severity }: Finding): boolean => severity === 'error';
