import { z } from 'zod';
import { cleanText } from './clean-text.ts';

const Text = z.string().transform((text) => cleanText(text.slice(0, 8000)));
const Path = Text.nullable();
const Line = z.int().positive().nullable();
const Count = z.int().nonnegative();

/** An exception or failed assertion; `frames` are the project's own, the innermost last. `module`: a missing one. */
const Failure = z.object({
  type: Text,
  phase: Text,
  message: Text,
  module: Text.nullable(),
  frames: z.array(z.object({ file: Text, line: z.int().positive(), function: Text })).max(20),
});
export type Failure = z.infer<typeof Failure>;

const ReportedTest = z.object({
  event: z.literal('test'),
  name: Text,
  file: Path,
  line: Line,
  outcome: z.enum(['passed', 'failed', 'skipped']),
  durationMs: z.number().nonnegative(),
  failures: z.array(Failure).max(20),
  output: Text,
});
export type ReportedTest = z.infer<typeof ReportedTest>;

const Running = z.object({ event: z.literal('running'), name: Text, file: Path, line: Line });
const Ended = Running.extend({ event: z.literal('ended') });
export type Running = z.infer<typeof Running>;

/** A file that could not be loaded, or a group of tests whose set-up failed. */
const LoadError = z.object({ event: z.literal('error'), file: Path, failure: Failure });
export type LoadError = z.infer<typeof LoadError>;

/** A test file whose process ended badly, and what that printed. */
const Crash = z.object({ event: z.literal('crash'), file: Path, exitCode: z.int().nullable(), output: Text });
export type Crash = z.infer<typeof Crash>;

/** What both runners' own reporters write: one line as each thing happens, so that a killed run keeps what was done. */
const ReportLine = z.discriminatedUnion('event', [
  ReportedTest,
  Running,
  Ended,
  LoadError,
  Crash,
  z.object({ event: z.literal('file'), file: Path, tests: Count, skipped: z.boolean() }),
  z.object({ event: z.literal('end'), tests: Count }),
]);

export interface RunReport {
  tests: ReportedTest[];
  errors: LoadError[];
  crashes: Crash[];
  /** The test files that were loaded: how many tests each holds, or that it skips itself as a whole. */
  files: Map<string, { tests: number; skipped: boolean }>;
  /** Begun and not ended. */
  running: Running[];
  /** It has its end mark and as many tests as its files hold. */
  complete: boolean;
}

/** Reads what hostile code may have written over: a line that does not parse makes the report incomplete, not a failure of ours. */
export function readReport(text: string): RunReport {
  const lines = text.split('\n').filter((line) => line !== '');
  const parsed = lines.map(parseLine);
  const of = <E extends string>(event: E) =>
    parsed.filter((line): line is Extract<typeof line, { event: E }> => line?.event === event);
  const tests = of('test');
  const files = new Map(of('file').map(({ file, tests, skipped }) => [file ?? '', { tests, skipped }]));
  const expected = [...files.values()].reduce((sum, file) => sum + file.tests, 0);
  const ends = of('end');
  const complete =
    !parsed.includes(null) && ends.length === 1 && ends[0]?.tests === tests.length && expected === tests.length;
  return {
    tests,
    errors: of('error'),
    crashes: of('crash'),
    files,
    running: unfinished(of('running'), [...tests, ...of('ended')]),
    complete,
  };
}

function parseLine(line: string): z.infer<typeof ReportLine> | null {
  try {
    return ReportLine.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function unfinished(running: Running[], ended: Named[]): Running[] {
  const done = new Set(ended.map(key));
  return running.filter((test) => !done.has(key(test)));
}

type Named = Pick<Running, 'name' | 'file' | 'line'>;

const key = ({ name, file, line }: Named) => JSON.stringify([name, file, line]);
