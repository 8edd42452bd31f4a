import { posix } from 'node:path';
import { cleanText, shorten } from '../../runners/clean-text.ts';
import type { CommandResult, Sandbox, SandboxProvider } from '../../sandboxes/sandbox.ts';
import type { ProjectFile } from '../../schemas/artifact.ts';
import { type Finding, finding, isError } from '../../schemas/finding.ts';
import { placeAt } from '../place.ts';
import type { CheckCommand, Checker, Diagnostic } from './checker.ts';
import { checkers } from './index.ts';

export interface CheckIntegrationRequest {
  files: ProjectFile[];
  sandbox: SandboxProvider;
  /** Names the run and attempt in the sandbox's labels and folders. */
  label: string;
  signal: AbortSignal;
  /** Of each checker. */
  timeoutMs: number;
}

const perFile = 3;
const inAll = 10;
const longestMessage = 500;

/**
 * ROMA's third stage: what the compilers and type checkers of the project's languages say, in one sandbox, which is
 * gone when this returns. Opens none where no file needs it. What cannot be checked here is a warning.
 * @throws {SandboxError} when the sandbox fails; with the signal's reason when it is aborted.
 */
export async function checkIntegration(request: CheckIntegrationRequest): Promise<Finding[]> {
  const { files, label, signal, timeoutMs } = request;
  const checks = checkers.flatMap((checker) => checker.commands(files).map((command) => ({ checker, command })));
  if (checks.length === 0) return [];
  const toolchains = [...new Set(checks.flatMap(({ checker }) => checker.toolchains))];
  await using sandbox = await request.sandbox.open({ files, toolchains, label, signal });
  const findings: Finding[] = [];
  for (const { checker, command } of checks) {
    const result = await run(sandbox, command, timeoutMs, signal);
    findings.push(...judge(checker, command, result, files));
  }
  return theFirstFew(findings);
}

function run(sandbox: Sandbox, { folder = '.', argv, env }: CheckCommand, timeoutMs: number, signal: AbortSignal) {
  const inFolder = ['/bin/sh', '-c', 'cd -- "$0" && exec "$@"', folder, ...argv];
  return sandbox.run({ argv: inFolder, timeoutMs, ...(env ? { env } : {}) }, signal);
}

/** What a shell gives for a program that is not there. */
const notFound = 127;

function judge(checker: Checker, command: CheckCommand, result: CommandResult, files: ProjectFile[]): Finding[] {
  const { name } = checker;
  const { exitCode, limit } = result;
  if (exitCode === notFound)
    return [warning('toolchain-missing', `${name} is not installed here, so that nothing was checked with it.`)];
  if (limit !== null)
    return [warning('check-stopped', `${name} reached the sandbox's limit of ${limit} and was stopped.`)];
  const output = cleanText(`${result.stdout}\n${result.stderr}`);
  const { diagnostics, skipped } = checker.read(output, files);
  const found = diagnostics.flatMap((one) => toFinding(checker, command, one, files));
  if (skipped) return [...found, warning('check-skipped', `${name} could not check all: ${skipped}.`)];
  if (checker.exitCodes.includes(exitCode)) return found;
  const [first = 'no word'] = output.trim().split('\n');
  return [
    ...found,
    warning('check-skipped', `${name} ended with exit code ${exitCode}: ${shorten(first, longestMessage)}`),
  ];
}

const warning = (code: string, message: string): Finding =>
  finding('integration', code, message, { severity: 'warning' });

/** Nothing for a place that is none of the project's. */
function toFinding(
  { code }: Checker,
  { folder = '.' }: CheckCommand,
  said: Diagnostic,
  files: ProjectFile[],
): Finding[] {
  const path = posix.join(folder, said.file);
  const file = files.find((one) => one.path === path);
  if (file === undefined) return [];
  const place = { ...placeAt(file, said.line, said.column ?? 1), column: said.column };
  return [finding('integration', code, shorten(said.message, longestMessage), { ...place, severity: said.severity })];
}

/** Errors first, and one a line: a compiler's later ones often follow from its first. */
function theFirstFew(findings: readonly Finding[]): Finding[] {
  const told = new Map<string, Finding>();
  for (const one of findings.toSorted((a, b) => Number(isError(b)) - Number(isError(a)))) {
    const key = one.file === null ? one.message : `${one.file}:${one.line}`;
    if (!told.has(key)) told.set(key, one);
  }
  const counts = new Map<string | null, number>();
  const few = [...told.values()].filter(({ file }) => {
    counts.set(file, (counts.get(file) ?? 0) + 1);
    return file === null || (counts.get(file) ?? 0) <= perFile;
  });
  return few.slice(0, inAll);
}
