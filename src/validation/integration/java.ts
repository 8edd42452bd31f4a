import type { ProjectFile } from '../../schemas/artifact.ts';
import { type Checker, pathsOf, type Reading, withoutTests } from './checker.ts';
import { readSaid, type Said } from './said.ts';

/** Small, so that it starts fast and stays below the sandbox's limits. */
const machine = ['-J-Xmx256m', '-J-Xss8m', '-J-XX:+UseSerialGC', '-J-XX:TieredStopAtLevel=1'];
const options = ['-d', '/tmp/classes', '-proc:none', '-nowarn', '-encoding', 'UTF-8', '-Xmaxerrs', '20'];

const said = /^(?<file>[^\s:][^:\n]*\.java):(?<line>\d+): error: (?<message>.+)$/gm;
const missing = /^package ([\w.]+) does not exist|^module not found: ([\w.]+)/;

/** Tests need JUnit, which is not there. */
export const java: Checker = {
  name: 'javac',
  code: 'build-error',
  toolchains: ['java'],
  exitCodes: [0, 1],
  commands(files) {
    const paths = pathsOf(withoutTests(files), /\.java$/);
    return paths.length === 0 ? [] : [{ argv: ['javac', ...machine, ...options, ...paths.map((path) => `./${path}`)] }];
  },
  read(output, files): Reading {
    const all = readSaid(output, said);
    const absent = all.map(({ message }) => missing.exec(message)).find((found) => found !== null);
    // What comes after follows from it as often as not.
    if (absent) return { diagnostics: [], skipped: `${absent[1] ?? absent[2]} is not installed` };
    return { diagnostics: all.map((one) => diagnostic(one, files)) };
  },
};

function diagnostic(one: Said, files: readonly ProjectFile[]) {
  const symbol = /^ +symbol: +(.+)$/m.exec(one.below)?.[1];
  const caret = /^( *)\^$/m.exec(one.below)?.[1];
  const message = symbol ? `${one.message}: ${symbol}` : one.message;
  const column = caret === undefined ? null : caret.length + 1;
  return {
    ...one,
    column,
    message,
    severity: isDoubtful(one, symbol, files) ? ('warning' as const) : ('error' as const),
  };
}

/** A newer Java may have it, in its language or in a class of its library. */
function isDoubtful({ message, below }: Said, symbol: string | undefined, files: readonly ProjectFile[]): boolean {
  if (/preview feature|not supported in -source|or record expected/.test(message)) return true;
  if (symbol === undefined) return false;
  const location = /^ +location: +.*?(\w+)(?:<.*>)?$/m.exec(below)?.[1] ?? '';
  return /^(?:class|variable [A-Z])/.test(symbol) || !files.some(({ path }) => path.endsWith(`${location}.java`));
}
