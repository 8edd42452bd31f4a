import { posix } from 'node:path';
import type { ProjectFile } from '../../schemas/artifact.ts';
import { type Finding, finding } from '../../schemas/finding.ts';
import { offsetAt, placeAt } from '../place.ts';
import { lintPython, pythonTokens, undefinedNames } from '../ruff.ts';
import type { PythonProject } from './project.ts';
import { standardLibrary } from './standard-library.ts';

/** Put there by what runs the file: gettext, notebooks, Spark. */
const injected = new Set(['_', 'display', 'get_ipython', 'spark', 'dbutils', 'reveal_type', 'reveal_locals']);
const perFile = 5;

/** Names that nothing defines, by Ruff. A file that makes names as it runs is left alone. */
export function checkPythonNames(file: ProjectFile, python: PythonProject): Finding[] {
  if (python.read(file)?.dynamic !== false) return [];
  const undefinedHere = (lintPython(file.content) ?? []).filter(({ code }) => undefinedNames.includes(code ?? ''));
  if (undefinedHere.length === 0) return [];
  const isQuoted = quotedIn(file);
  return undefinedHere
    .map(({ message, start_location: { row, column } }) => ({
      message,
      row,
      column,
      name: /`([^`]+)`/.exec(message)?.[1] ?? '',
    }))
    .filter(({ name, row, column }) => !mayBeThere(name, file, python) && !isQuoted(offsetAt(file, row, column)))
    .slice(0, perFile)
    .map(({ name, message, row, column }) =>
      finding('semantic', 'undefined-name', `${message}.${hint(name, file, python)}`, placeAt(file, row, column)),
    );
}

/** What Ruff cannot know: names that come from outside, the modules next to an `__init__.py`, and where a `del` is reached. */
const mayBeThere = (name: string, file: ProjectFile, python: PythonProject): boolean =>
  injected.has(name) ||
  python.read(file)?.deleted.has(name) ||
  /^__\w+__$/.test(name) ||
  (/(?:^|\/)__init__\.py$/.test(file.path) && python.defines(posix.dirname(file.path), name));

function hint(name: string, file: ProjectFile, python: PythonProject): string {
  if (standardLibrary.has(name)) return ` \`import ${name}\` is missing.`;
  const definer = python.definer(name, file);
  return definer ? ` ${definer} defines it: import it from there.` : '';
}

/** A string may be an annotation, or the axes of an array: it names nothing when the code runs. `__all__` is another matter. */
function quotedIn(file: ProjectFile): (offset: number) => boolean {
  const strings = (pythonTokens(file.content) ?? []).filter(({ kind }) => kind === 'String');
  return (at) => strings.some(({ offset, text }) => offset < at && at < offset + text.length);
}
