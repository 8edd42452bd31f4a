import type { CommandResult, SandboxCommand, Toolchain } from '../sandboxes/sandbox.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import type { TestReport } from '../schemas/test-report.ts';

/** A test runner: its command, and how its report becomes test results. */
export interface Runner {
  readonly name: string;
  /** As {@link ProjectFile.language} has them. */
  readonly languages: readonly string[];
  /** What the sandbox must hold for it. */
  readonly toolchains: Toolchain[];
  /** Whether these files are tested with it. */
  detects(files: ProjectFile[]): boolean;
  command(files: ProjectFile[]): TestCommand;
  /** Never trusts exit code or report alone: `passed` needs both, complete, with at least one test and none failed. */
  read(result: CommandResult, files: ProjectFile[]): TestReport;
}

/** `shown` is what a person would type, as `pytest -q`; it stands in the result as `test_command`. */
export type TestCommand = Omit<SandboxCommand, 'timeoutMs'> & { shown: string };
