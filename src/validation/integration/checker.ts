import type { SandboxCommand, Toolchain } from '../../sandboxes/sandbox.ts';
import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';

/** A compiler or type checker that judges a project as a whole, in the sandbox. */
export interface Checker {
  /** As a person would call it: `tsc`. */
  readonly name: string;
  /** The code of its findings. */
  readonly code: 'type-error' | 'build-error';
  /** What the sandbox must hold for it beside the system's own programs. */
  readonly toolchains: Toolchain[];
  /** Exit codes of a run that came to its end, with or without findings. */
  readonly exitCodes: readonly number[];
  /** What to run; nothing where the project has no file for it. */
  commands(files: readonly ProjectFile[]): CheckCommand[];
  read(output: string, files: readonly ProjectFile[]): Reading;
}

export type CheckCommand = Pick<SandboxCommand, 'argv' | 'env'> & {
  /** Where in the project it runs, and what its paths are relative to: by default the project's root. */
  folder?: string;
};

export interface Reading {
  diagnostics: Diagnostic[];
  /** Why a part was not checked, as a dependency that is not installed: a warning. */
  skipped?: string;
}

/** What a checker says of one place; the path is its own. An `error` costs a round, so it is one only when it is sure. */
export interface Diagnostic {
  file: string;
  line: number;
  column: number | null;
  message: string;
  severity: Extract<Finding['severity'], 'error' | 'warning'>;
}

/** Arguments for a shell that runs a program on one file after the other, for those that take only one. */
export const eachFile = (command: string, paths: readonly string[]): string[] => [
  '/bin/sh',
  '-c',
  `for file; do ${command} "./$file"; done`,
  'sh',
  ...paths,
];

export const pathsOf = (files: readonly ProjectFile[], extension: RegExp): string[] =>
  files.filter(({ path }) => extension.test(path)).map(({ path }) => path);

/** A test may break types on purpose, to see them refused, and running it tells the truth. */
export const withoutTests = (files: readonly ProjectFile[]): ProjectFile[] =>
  files.filter(({ type }) => type !== 'test');
