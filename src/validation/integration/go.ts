import { posix } from 'node:path';
import { type Checker, pathsOf } from './checker.ts';
import { readSaid, withDetails } from './said.ts';

const env = {
  PATH: '/opt/bin:/usr/local/bin:/usr/bin:/bin',
  GOROOT: '/usr/local/go',
  GOFLAGS: '-mod=mod',
  GOPROXY: 'off',
  GOTOOLCHAIN: 'local',
  CGO_ENABLED: '0',
};

const said = /^(?<file>[^\s:][^:\n]*\.go):(?<line>\d+):(?<column>\d+): (?<message>.+)$/gm;

/** Checks each module by itself. A package that is not installed stays unknown, and what uses it is not judged. */
export const go: Checker = {
  name: 'go',
  code: 'build-error',
  toolchains: ['go'],
  exitCodes: [0],
  commands(files) {
    if (pathsOf(files, /\.go$/).length === 0) return [];
    const modules = pathsOf(files, /(?:^|\/)go\.mod$/).map((path) => posix.dirname(path));
    return (modules.length === 0 ? ['.'] : modules).map((folder) => ({ argv: ['check-go'], env, folder }));
  },
  read(output) {
    const all = readSaid(output, said);
    const missing = all.find(({ message }) => couldNotImport.test(message));
    const judged = all.filter(({ message }) => !couldNotImport.test(message));
    return {
      diagnostics: judged.map((one) => ({
        ...one,
        message: withDetails(one),
        severity: isDoubtful.test(one.message) ? 'warning' : 'error',
      })),
      ...(missing ? { skipped: `the package ${couldNotImport.exec(missing.message)?.[1]} is not installed` } : {}),
    };
  },
};

const couldNotImport = /^could not import (\S+)/;

/** A newer standard library may have it; C code is not looked at. */
const isDoubtful = /^undefined: \w+\.\w+|^undefined: _?C\b|\bC\./;
