import { z } from 'zod';
import { Reference } from './reference.ts';

export const ArtifactType = z.enum(['source_code', 'config', 'documentation', 'test', 'data']);
export type ArtifactType = z.infer<typeof ArtifactType>;

/** One generated file as ROMA receives it. `file_path` is relative and stays inside the project. */
export const CodeArtifact = z.strictObject({
  file_path: z.string().min(1),
  content: z.string(),
  artifact_type: ArtifactType,
  language: z.string().nullable(),
  description: z.string().nullable(),
});
export type CodeArtifact = z.infer<typeof CodeArtifact>;

/** A file of a project in memory: what the checks and the sandbox work on. `path` is relative, with `/`. */
export interface ProjectFile {
  path: string;
  content: string;
  type: ArtifactType;
  language: string | null;
}

/** A file of a draft: its content stands in the store. */
export const DraftFile = z.strictObject({
  path: z.string(),
  content: Reference,
  type: ArtifactType,
  language: z.string().nullable(),
  truncated: z.boolean(),
});
export type DraftFile = z.infer<typeof DraftFile>;
