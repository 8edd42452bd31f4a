import { checkPython } from '../validation/syntax/python.ts';
import type { Language } from './language.ts';

export const python: Language = {
  name: 'python',
  extensions: ['.py', '.pyi', '.pyw'],
  aliases: ['py', 'python3', 'python2', 'ipython', 'pytest', 'py3'],
  lineComments: ['#'],
  blockComments: [
    ['"""', '"""'],
    ["'''", "'''"],
  ],
  testPaths: /(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/,
  conventions: [
    'Python 3.12, typed function signatures, the standard library first: add a dependency only where the plan names it or the task cannot do without.',
    'List every third-party package that the code imports in requirements.txt.',
    'Tests are pytest functions in tests/test_<module>.py. They import the modules by their path from the project root, which is on sys.path (`from src.shop import cart` for src/shop/cart.py); never edit sys.path.',
    'Tests are deterministic and need no network, no clock and no user input.',
  ],
  checkSyntax: checkPython,
};
