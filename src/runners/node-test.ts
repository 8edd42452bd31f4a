import { readFileSync } from 'node:fs';
import { reportPath } from '../sandboxes/sandbox.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import { crashError } from './node-crash.ts';
import { readReport } from './report.ts';
import type { Runner } from './runner.ts';
import { testFiles } from './test-files.ts';
import { verdict } from './verdict.ts';

const reporter = readFileSync(new URL('./support/node-report.mjs', import.meta.url), 'utf8');

/** Node strips types by itself; JSX it cannot read. */
const loadable = /(?<!\.d)\.[cm]?[jt]s$/;
const named = /([._-](test|spec)|(^|\/)test(-[^/]*)?)\.[cm]?[jt]s$/;

const asked = (files: ProjectFile[]) => testFiles(files, loadable, named);

const options = [
  // Each test file is a process of eleven threads: as many as a large machine has cores would not fit the limits.
  ...['--test', '--test-concurrency=2'],
  ...['--test-reporter=/support/node-report.mjs', `--test-reporter-destination=${reportPath}`],
  ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
];

/** Node's own test runner, for JavaScript and for TypeScript whose types can be stripped. */
export const nodeTest: Runner = {
  name: 'node:test',
  languages: ['javascript', 'typescript'],
  toolchains: ['node'],
  detects: (files) => asked(files).length > 0,
  command: (files) => ({
    argv: ['node', ...options, ...asked(files).map((path) => `./${path}`)],
    env: { NO_COLOR: '1' },
    support: [{ path: 'node-report.mjs', content: reporter }],
    shown: 'node --test',
  }),
  read(result, files) {
    const report = readReport(result.report);
    const errors = [...report.errors, ...report.crashes.map(crashError)];
    const offers = "Node's built-in modules, node:test and node:assert among them";
    return verdict({ shown: 'node --test', asked: asked(files), offers, result, report: { ...report, errors }, files });
  },
};
