import { checkJavaScript } from '../validation/syntax/javascript.ts';
import type { Language } from './language.ts';

export const typescript: Language = {
  name: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx'],
  aliases: ['ts', 'tsx', 'mts', 'cts'],
  lineComments: ['//'],
  blockComments: [
    ['/*', '*/'],
    ['{/*', '*/}'],
  ],
  testPaths: /\.(test|spec|cy|e2e)\.[cm]?tsx?$/,
  conventions: [
    'Strict TypeScript as ES modules: package.json says "type": "module"; no `any`, no default exports unless a framework asks for them.',
    'Node built-ins first (with the `node:` prefix): add a dependency only where the plan names it, and then to package.json.',
    'Node 24 runs the sources directly: relative imports end in `.ts`, types are imported with `import type`, and there are no enums, namespaces or parameter properties.',
    'Tests are tests/<module>.test.ts with node:test and node:assert/strict, run by `node --test`, unless the plan names another runner.',
    'Tests are deterministic and need no network, no clock and no user input.',
  ],
  checkSyntax: checkJavaScript,
};
