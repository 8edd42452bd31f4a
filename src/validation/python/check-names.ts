import { posix } from 'node:path';
import type { ProjectFile } from '../../schemas/artifact.ts';
import { type Finding, finding } from '../../schemas/finding.ts';
import { offsetAt, placeOf } from '../place.ts';
import { lintPython, pythonTokens, type Token, undefinedNames } from '../ruff.ts';
import type { PythonProject } from './project.ts';
import { standardLibrary } from './standard-library.ts';

/** Put there by what runs the file: gettext, notebooks, Spark. */
const injected = new Set(['_', 'display', 'get_ipython', 'spark', 'dbutils', 'reveal_type', 'reveal_locals']);
const perFile = 5;

interface Undefined {
  code: string;
  name: string;
  message: string;
  offset: number;
}

/** Names that nothing defines, by Ruff. A file that makes names as it runs is left alone. */
export function checkPythonNames(file: ProjectFile, python: PythonProject): Finding[] {
  if (python.read(file)?.dynamic !== false) return [];
  const reported = reportedBy(file);
  if (reported.length === 0) return [];
  const tokens = pythonTokens(file.content) ?? [];
  return reported
    .filter((found) => !comesFromOutside(found.name, file, python) && !depends(found, tokens))
    .slice(0, perFile)
    .map(({ code, name, message, offset }) =>
      finding('semantic', 'undefined-name', `${message}.${hint(name, file, python)}`, {
        ...placeOf(file, offset),
        severity: code === 'F822' ? 'warning' : 'error', // a wrong __all__ fails only for a star
      }),
    );
}

const reportedBy = (file: ProjectFile): Undefined[] =>
  (lintPython(file.content) ?? [])
    .filter(({ code }) => undefinedNames.includes(code ?? ''))
    .map(({ code, message, start_location: { row, column } }) => ({
      code: code ?? '',
      name: /`([^`]+)`/.exec(message)?.[1] ?? '',
      message,
      offset: offsetAt(file, row, column),
    }));

function hint(name: string, file: ProjectFile, python: PythonProject): string {
  if (standardLibrary.has(name)) return ` \`import ${name}\` is missing.`;
  const definer = python.definer(name, file);
  return definer ? ` ${definer} defines it: import it from there.` : '';
}

/** Ruff sees one file: not what its reader puts there, nor the modules next to an `__init__.py`. */
const comesFromOutside = (name: string, { path }: ProjectFile, python: PythonProject): boolean =>
  injected.has(name) ||
  /^__\w+__$/.test(name) ||
  (/(?:^|\/)__init__\.py$/.test(path) && python.defines(posix.dirname(path), name));

/** Whether the code may run all the same: as text, or once a loop has come round to where the name is set. */
function depends({ code, name, offset }: Undefined, tokens: readonly Token[]): boolean {
  if (code === 'F822') return false;
  if (
    tokens.some(
      (token) => token.kind === 'String' && token.offset < offset && offset < token.offset + token.text.length,
    )
  )
    return true;
  const around = statementAround(offset, tokens);
  if (code === 'F823') return around.some(({ kind }) => kind === 'For' || kind === 'While');
  return around.some((token, index) => token.text === name && binds(around[index - 1], around[index + 1]));
}

/** The function, class or other statement of the module itself that the offset lies in. */
function statementAround(offset: number, tokens: readonly Token[]): Token[] {
  let start = 0;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += Number(token.kind === 'Indent') - Number(token.kind === 'Dedent');
    if (depth > 0 || !/^(?:Newline|Dedent)$/.test(tokens[index - 1]?.kind ?? '')) continue;
    if (token.offset > offset) return tokens.slice(start, index);
    start = index;
  }
  return tokens.slice(start);
}

const binds = (before: Token | undefined, after: Token | undefined): boolean =>
  /^(?:Equal|ColonEqual)$/.test(after?.kind ?? '') ||
  /^(?:Def|Class|As|Import|For|Global|Nonlocal)$/.test(before?.kind ?? '');
