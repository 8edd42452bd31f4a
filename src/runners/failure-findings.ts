import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, finding } from '../schemas/finding.ts';
import { shorten } from './clean-text.ts';
import { excerpt } from './excerpt.ts';
import type { Failure, ReportedTest } from './report.ts';

/** A prompt has room for one good look: the first failure in full, the next ones short, the rest as names. */
const full = { message: 3000, printed: 800, frames: 6, around: 2 };
const short = { message: 500, printed: 0, frames: 1, around: 0 };
const shownFailures = 15;
const shownNames = 50;

export function failureFindings(tests: ReportedTest[], files: ProjectFile[]): Finding[] {
  // A parent that failed since its subtests did has no failure of its own.
  const failed = tests.filter(({ outcome, failures }) => outcome === 'failed' && failures.length > 0);
  const findings = failed
    .slice(0, shownFailures)
    .map((test, nth) => failureFinding(test, files, nth === 0 ? full : short));
  const rest = failed.slice(shownFailures).map(({ name }) => name);
  if (rest.length === 0) return findings;
  const names = shorten(rest.slice(0, shownNames).join(', '), full.message);
  return [...findings, finding('testing', 'test-failed', `${rest.length} more failed: ${names}`)];
}

function failureFinding(test: ReportedTest, files: ProjectFile[], budget: typeof full): Finding {
  const words = shorten(test.failures.map(wordsOf).join('\n'), budget.message);
  const printed = test.output.trim().slice(-budget.printed);
  const message = `"${test.name}" failed: ${words}${budget.printed > 0 && printed !== '' ? `\nIt printed:\n${printed}` : ''}`;
  const frames = test.failures.flatMap(({ frames }) => frames.slice(-budget.frames));
  const { file, line } = frames.at(-1) ?? test;
  return finding('testing', 'test-failed', message, { file, line, excerpt: excerpt(frames, files, budget.around) });
}

const wordsOf = ({ type, phase, message }: Failure) =>
  `${phase === 'call' ? '' : `(${phase}) `}${type}: ${message.trim()}`;
