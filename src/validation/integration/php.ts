import { type Checker, eachFile, pathsOf } from './checker.ts';
import { readSaid } from './said.ts';

const said = /^(?:PHP )?(?<code>Parse|Fatal) error: +(?<message>.+) in (?<file>.+) on line (?<line>\d+)$/gm;

export const php: Checker = {
  name: 'php -l',
  code: 'build-error',
  toolchains: [],
  exitCodes: [0, 255],
  commands(files) {
    const paths = pathsOf(files, /\.(?:php|phtml)$/i);
    // Else an error may be told twice, to the log and to the screen.
    const command = 'php -n -d display_errors=1 -d log_errors=0 -l';
    return paths.length === 0 ? [] : [{ argv: eachFile(command, paths) }];
  },
  read: (output) => ({ diagnostics: readSaid(output, said).map((one) => ({ ...one, severity: 'error' })) }),
};
