import { readFileSync } from 'node:fs';
import type { ProjectFile } from '../schemas/artifact.ts';
import { readReport } from './report.ts';
import type { Runner } from './runner.ts';
import { testFiles } from './test-files.ts';
import { verdict } from './verdict.ts';

const script = readFileSync(new URL('./support/pytest_report.py', import.meta.url), 'utf8');

const loadable = /(^|\/)(?!(conftest|__init__)\.py$)[^/]+\.py$/;
const named = /(^|\/)(test_[^/]*|[^/]*_test)\.py$/;

const asked = (files: ProjectFile[]) => testFiles(files, loadable, named);

const options = [
  ...['-q', '--tb=short', '--color=no', '-p', 'no:cacheprovider', '--rootdir=/project'],
  // The project's own options may ask for plugins that are not there, or for no tests at all.
  ...['-o', 'addopts='],
  // Prints to stderr where a test hangs, before the sandbox stops it.
  ...['-o', 'faulthandler_timeout=10'],
];

export const pytest: Runner = {
  name: 'pytest',
  languages: ['python'],
  toolchains: ['python'],
  detects: (files) => asked(files).length > 0,
  command: (files) => ({
    argv: ['python3', '/support/pytest_report.py', ...options, '--', ...asked(files)],
    env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' },
    support: [{ path: 'pytest_report.py', content: script }],
    shown: 'python -m pytest',
  }),
  read(result, files) {
    const report = readReport(result.report);
    const offers = "Python's standard library and pytest";
    return verdict({ shown: 'python -m pytest', asked: asked(files), offers, result, report, files });
  },
};
