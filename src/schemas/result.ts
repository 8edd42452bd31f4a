import { z } from 'zod';
import { CodeArtifact } from './artifact.ts';
import { TestResults } from './test-report.ts';
import { LlmUsage } from './usage.ts';

export const ResultStatus = z.enum(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE', 'TIMEOUT', 'CACHE_HIT']);
export type ResultStatus = z.infer<typeof ResultStatus>;

/**
 * ROMA's PTCArtifactResult, every field always there. `summary` is PTC's own and stands first: the Web UI shows
 * the first 45 characters or so of a result.
 */
export const ArtifactResult = z.strictObject({
  summary: z.string(),
  execution_id: z.string().min(1),
  status: ResultStatus,
  artifacts: z.array(CodeArtifact),
  test_results: TestResults.nullable(),
  iterations_used: z.int().nonnegative(),
  error_message: z.string().nullable(),
  warnings: z.array(z.string()),
  llm_usage: z.array(LlmUsage),
  started_at: z.iso.datetime(),
  completed_at: z.iso.datetime(),
  duration_seconds: z.number().nonnegative(),
  from_cache: z.boolean(),
  cache_key: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
});
export type ArtifactResult = z.infer<typeof ArtifactResult>;
