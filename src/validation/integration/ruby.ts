import { type Checker, eachFile, pathsOf } from './checker.ts';
import { readSaid } from './said.ts';

const said = /^(?:ruby: )?(?<file>[^\s:][^:\n]*):(?<line>\d+): (?<message>(?!warning:).+)$/gm;

export const ruby: Checker = {
  name: 'ruby -c',
  code: 'build-error',
  toolchains: [],
  exitCodes: [0, 1],
  commands(files) {
    const paths = pathsOf(files, /(?:\.(?:rb|rake|gemspec|ru)|(?:^|\/)(?:Gemfile|Rakefile))$/);
    return paths.length === 0 ? [] : [{ argv: eachFile('ruby -c', paths) }];
  },
  read: (output) => ({
    diagnostics: readSaid(output, said).map((one) => ({
      ...one,
      message: sentence(one.message, one.below),
      severity: 'error',
    })),
  }),
};

/** Since 3.4 the first line only says that there is an error; what it is stands at a caret below. */
function sentence(message: string, below: string): string {
  const atCaret = /^\s*\|\s*\^[~^]*\s*(\S.*)$/m.exec(below)?.[1];
  return atCaret ? `syntax error: ${atCaret}` : message;
}
