import { checkJson } from '../validation/syntax/json.ts';
import type { Language } from './language.ts';

export const json: Language = {
  name: 'json',
  extensions: ['.json', '.jsonc', '.json5', '.webmanifest', '.arb'],
  fileNames: ['.prettierrc', '.babelrc', '.eslintrc', '.swcrc', 'composer.lock', 'Pipfile.lock'],
  aliases: ['jsonc', 'json5'],
  lineComments: [],
  kind: 'config',
  checkSyntax: checkJson,
};
