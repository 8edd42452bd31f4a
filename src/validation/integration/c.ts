import type { ProjectFile } from '../../schemas/artifact.ts';
import { foldersOf } from '../paths.ts';
import { type Checker, pathsOf, type Reading } from './checker.ts';
import { readSaid } from './said.ts';

const header = /\.(?:h|hh|hpp|hxx|ipp)$/i;
const mostFolders = 100;

export const c = compiler('gcc -fsyntax-only', /\.c$/, ['gcc', '-Werror=implicit-function-declaration']);
// An older standard would refuse what a newer compiler takes.
export const cpp = compiler('g++ -fsyntax-only', /\.(?:cpp|cc|cxx|C)$/, ['g++', '-std=gnu++23']);

function compiler(name: string, sources: RegExp, [program = '', ...flags]: string[]): Checker {
  return {
    name,
    code: 'build-error',
    toolchains: [],
    exitCodes: [0, 1],
    commands(files) {
      const paths = pathsOf(files, sources);
      if (paths.length === 0) return [];
      const options = ['-fsyntax-only', '-fno-diagnostics-show-caret', '-fmax-errors=20', ...flags];
      return [{ argv: [program, ...options, ...includes(files), ...paths.map((path) => `./${path}`)] }];
    },
    read,
  };
}

/** After the system's own, so that a `string.h` of the project hides none. Which folders a build names is not known. */
const includes = (files: readonly ProjectFile[]): string[] =>
  [...new Set(['.', ...pathsOf(files, header).flatMap(foldersOf)])]
    .slice(0, mostFolders)
    .flatMap((folder) => ['-idirafter', folder]);

function read(output: string): Reading {
  const missing = /fatal error: (\S+): No such file or directory/.exec(output)?.[1];
  const errors = readSaid(output, /^(?<file>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): error: (?<message>.+)$/gm);
  return {
    diagnostics: errors.map((said) => ({ ...said, severity: isDoubtful(said.message) ? 'warning' : 'error' })),
    ...(missing ? { skipped: `the header ${missing} is not there` } : {}),
  };
}

/** What a build defines on the command line, or a newer library has. */
const isDoubtful = (message: string): boolean =>
  /^#error|‘std(?:::\w+)*’|\[-Werror=implicit-function-declaration\]/.test(message);
