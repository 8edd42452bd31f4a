import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, finding } from '../schemas/finding.ts';
import { shorten } from './clean-text.ts';
import { excerpt } from './excerpt.ts';
import type { Failure, LoadError } from './report.ts';

const messageCharacters = 1500;
const shownErrors = 10;

/** What was broken before any of its tests could run. `offers`: what can be imported beside the project's files. */
export const loadFindings = (errors: LoadError[], files: ProjectFile[], offers: string): Finding[] =>
  errors.slice(0, shownErrors).map(({ file, failure }) => {
    const { file: at, line } = failure.frames.at(-1) ?? { file, line: null };
    const what =
      failure.phase === 'hook' ? 'the set-up of a group of tests failed' : `${file ?? 'a test file'} cannot be loaded`;
    const why = `${failure.type}: ${shorten(failure.message.trim(), messageCharacters)}`;
    const remedy =
      failure.module === null
        ? ''
        : `. The project has no module "${failure.module}"; tests run without a network and may import ${offers}`;
    const place = { file: at, line, excerpt: excerpt(failure.frames.slice(-3), files, 1) };
    return finding('testing', codeOf(failure), `${what}: ${why}${remedy}`, place);
  });

function codeOf({ type, phase, message }: Failure): string {
  if (phase === 'hook') return 'test-failed';
  const isSyntax = /^(SyntaxError|IndentationError|TabError)$/.test(type);
  return isSyntax && !message.includes('does not provide an export') ? 'test-syntax-error' : 'import-error'; // Node's word for a missing export
}
