import { type Checker, pathsOf, withoutTests } from './checker.ts';
import { readSaid, withDetails } from './said.ts';
import { severityOf } from './typescript-rules.ts';

const said = /^(?<file>[^\s(][^(\n]*)\((?<line>\d+),(?<column>\d+)\): error (?<code>TS\d+): (?<message>.+)$/gm;

/**
 * Settings of its own: a project's may name types and bases that are not installed. `strict`, since without it unions
 * narrow less and correct code is refused.
 */
const options = [
  ...['--noEmit', '--ignoreConfig', '--pretty', 'false', '--strict', '--skipLibCheck', '--target', 'esnext'],
  ...['--module', 'esnext', '--moduleResolution', 'bundler', '--allowImportingTsExtensions', '--resolveJsonModule'],
  ...['--jsx', 'preserve', '--experimentalDecorators', '--useUnknownInCatchVariables', 'false'],
  ...['--strictPropertyInitialization', 'false', '--types', 'node'],
  ...['--typeRoots', '/opt/typescript/node_modules/@types'],
];

export const typescript: Checker = {
  name: 'tsc',
  code: 'type-error',
  toolchains: ['typescript'],
  exitCodes: [0, 1, 2],
  commands(files) {
    const paths = pathsOf(withoutTests(files), /\.[cm]?tsx?$/i);
    return paths.length === 0 ? [] : [{ argv: ['tsc', ...options, ...paths.map((path) => `./${path}`)] }];
  },
  read(output, files) {
    const all = readSaid(output, said);
    return {
      diagnostics: all.flatMap((one) => {
        const severity = severityOf(one, all, files);
        return severity === null ? [] : [{ ...one, message: `${withDetails(one)} (${one.code})`, severity }];
      }),
    };
  },
};
