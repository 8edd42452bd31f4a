import { artifactTypeOf } from '../../../src/languages/artifact-type.ts';
import { languageOf } from '../../../src/languages/index.ts';
import type { ProjectFile } from '../../../src/schemas/artifact.ts';
import type { Finding } from '../../../src/schemas/finding.ts';
import type { Project } from '../../../src/validation/validation.ts';

export const file = (path: string, content: string): ProjectFile => ({
  path,
  content,
  type: artifactTypeOf(path),
  language: languageOf(path)?.name ?? null,
});

interface Planned {
  structure?: Record<string, string> | null;
  testing?: boolean;
  dependencies?: string[];
}

/** A project of these files; with a plan only where one is given. */
export const project = (files: Record<string, string>, planned?: Planned): Project => ({
  files: Object.entries(files).map(([path, content]) => file(path, content)),
  plan: planned
    ? {
        enable_testing: planned.testing ?? false,
        scaffolding: {
          task_description: 'Build it.',
          requirements: [],
          architecture: null,
          dependencies: planned.dependencies ?? [],
          file_structure: planned.structure ?? null,
          context: null,
        },
      }
    : null,
});

/** `error missing-file src/a.py:3`, to compare lists of findings by. */
export const lines = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, code, file: path, line }) => `${severity} ${code} ${path ?? '-'}${line ? `:${line}` : ''}`);
