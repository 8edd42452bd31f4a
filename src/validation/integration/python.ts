import { type Checker, pathsOf, withoutTests } from './checker.ts';
import { isSure, rules } from './python-rules.ts';
import { readSaid } from './said.ts';

const said = /^(?<file>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): \w+\[(?<code>[\w-]+)\] (?<message>.+)$/gm;

/** The newest Python: an older one would refuse what a newer interpreter runs. The project's own settings are left out. */
const options = ['check', '--no-progress', '--output-format', 'concise', '--python-version', '3.14'];

/** What cannot be imported is of unknown type, and nothing is said of it. */
export const python: Checker = {
  name: 'ty',
  code: 'type-error',
  toolchains: ['ty'],
  exitCodes: [0, 1],
  commands(files) {
    const paths = pathsOf(withoutTests(files), /\.pyw?$/i);
    const chosen = ['--ignore', 'all', ...rules.flatMap((rule) => ['--error', rule])];
    return paths.length === 0 ? [] : [{ argv: ['ty', ...options, ...chosen, '--', ...paths], env: { NO_COLOR: '1' } }];
  },
  read: (output, files) => ({
    diagnostics: readSaid(output, said).map((one) => ({ ...one, severity: isSure(one, files) ? 'error' : 'warning' })),
  }),
};
