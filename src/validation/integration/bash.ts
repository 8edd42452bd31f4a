import { type Checker, eachFile } from './checker.ts';
import { readSaid } from './said.ts';

/** Other shells have a grammar of their own. */
const otherShell = /^#!.*\b(?:zsh|fish|ksh|csh|tcsh|nu)\b/;

export const bash: Checker = {
  name: 'bash -n',
  code: 'build-error',
  toolchains: [],
  exitCodes: [0, 1, 2],
  commands(files) {
    const scripts = files.filter(({ path, content }) => /\.(?:sh|bash)$/i.test(path) && !otherShell.test(content));
    return scripts.length === 0
      ? []
      : [
          {
            argv: eachFile(
              'bash -n',
              scripts.map(({ path }) => path),
            ),
          },
        ];
  },
  read: (output) => ({
    diagnostics: readSaid(output, /^(?<file>.+): line (?<line>\d+): (?<message>(?!`).+)$/gm).map((said) => ({
      ...said,
      severity: 'error',
    })),
  }),
};
