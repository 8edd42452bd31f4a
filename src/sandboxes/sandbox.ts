/** A kind of place in which generated code may run. It fails closed: code never runs outside of one. */
export interface SandboxProvider {
  readonly name: string;
  /**
   * Opens one sandbox that holds `files` and nothing else of this machine but toolchains.
   * @throws {SandboxError} when no sandbox can be had.
   */
  open(request: OpenRequest): Promise<Sandbox>;
  /** What is missing before a sandbox can start, each with its remedy; empty when all is there. Proved by starting one. */
  problems(): Promise<string[]>;
}

/**
 * What a sandbox holds beside the project: the Node of PTC, a Python with pytest, or what a checker needs. Of the
 * latter some may be absent: then their programs are, too, and a command that calls one ends with 127.
 */
export type Toolchain = 'node' | 'python' | 'typescript' | 'ty' | 'go' | 'java';

export interface OpenRequest {
  files: SandboxFile[];
  toolchains: Toolchain[];
  /** Names the run and attempt in labels, folders and the vendor's console. */
  label: string;
  signal: AbortSignal;
}

/** `path` is relative to the project, with `/`. */
export interface SandboxFile {
  path: string;
  content: string | Uint8Array;
}

/** Disposing of it ends its processes and removes what it held; safe to call twice. */
export interface Sandbox extends AsyncDisposable {
  /**
   * Runs one command in the project's folder. Whether it sees what an earlier command wrote there is left open.
   * A command that fails is a result; a sandbox that breaks is a {@link SandboxError}; an abort ends all its processes
   * and rejects with the signal's reason.
   */
  run(command: SandboxCommand, signal: AbortSignal): Promise<CommandResult>;
}

export interface SandboxCommand {
  /** Program and arguments; no shell. */
  argv: string[];
  env?: Record<string, string>;
  timeoutMs: number;
  /** Files that the runner brings: placed in `/support`, read-only, outside the project. */
  support?: SandboxFile[];
}

/** Where a command writes the report that {@link CommandResult.report} returns: one file, empty at the start of each command. */
export const reportPath = '/out/report';

/** What stopped a command before it ended by itself. */
export type Limit = 'time' | 'memory' | 'output' | 'cpu';

export interface CommandResult {
  /** As a shell has it: 128 + signal when a signal ended it. */
  exitCode: number;
  /** Bounded; the middle is cut. */
  stdout: string;
  stderr: string;
  /** What the command wrote to {@link reportPath}, up to a size limit. */
  report: string;
  limit: Limit | null;
  durationMs: number;
}

/** The sandbox itself failed: never the generated code's fault, never shown to the model. The message ends with the remedy. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}
