import type { Crash, Failure, LoadError } from './report.ts';

const errorLine = /^(?:Uncaught )?(\w*(?:Error|Exception))(?: \[\w+\])?: (.*)$/m;
const missing = /Cannot find (?:package '([^']+)'|module '([^./'][^']*)'$)/;
const place = /^([^\s:]+\.[cm]?[jt]s):(\d+)$/m;
const stackLine = /^ +at (?:(.*) \()?((?!node:)[^\s():]+):(\d+):\d+\)?$/gm;

/** A test file that Node could not load is told only by what its process printed before it ended. */
export function crashError({ file, exitCode, output }: Crash): LoadError {
  const [, type = 'Error', message] = errorLine.exec(output) ?? [];
  const [, packageName, moduleName] = missing.exec(message ?? '') ?? [];
  const failure: Failure = {
    type,
    phase: 'load',
    message: message ?? `its process ended with exit code ${exitCode}\n${output.trim()}`,
    module: packageName ?? moduleName ?? null,
    frames: framesOf(output),
  };
  return { event: 'error', file, failure };
}

/** Outermost first. A syntax error has no stack of its own, only its place above the line that it quotes. */
function framesOf(output: string): Failure['frames'] {
  const stack = [...output.matchAll(stackLine)].reverse();
  const frames = stack.map(([, name, file = '', line]) => ({ file, line: Number(line), function: name ?? '' }));
  const [, file, line] = place.exec(output) ?? [];
  return file === undefined ? frames : [...frames, { file, line: Number(line), function: '' }];
}
