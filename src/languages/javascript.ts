import { checkJavaScript } from '../validation/syntax/javascript.ts';
import type { Language } from './language.ts';

export const javascript: Language = {
  name: 'javascript',
  extensions: ['.js', '.mjs', '.cjs', '.jsx'],
  aliases: ['js', 'jsx', 'mjs', 'cjs', 'node', 'nodejs', 'es6', 'ecmascript', 'react'],
  lineComments: ['//'],
  blockComments: [
    ['/*', '*/'],
    ['{/*', '*/}'],
  ],
  testPaths: /\.(test|spec|cy|e2e)\.[cm]?jsx?$/,
  conventions: [
    'ES modules for Node 24: package.json says "type": "module", and relative imports carry their extension.',
    'Node built-ins first (with the `node:` prefix): add a dependency only where the plan names it, and then to package.json.',
    'Tests are tests/<module>.test.js with node:test and node:assert/strict, run by `node --test`, unless the plan names another runner.',
    'Tests are deterministic and need no network, no clock and no user input.',
  ],
  checkSyntax: checkJavaScript,
};
