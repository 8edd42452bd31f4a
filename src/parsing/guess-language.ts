import { languageNamed } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';

const signs: readonly (readonly [string, RegExp])[] = [
  ['php', /^\s*<\?php/],
  ['html', /^\s*<(!doctype html|html\b)/i],
  ['xml', /^\s*<\?xml/],
  ['bash', /^#!.*\b(bash|sh|zsh)\b/],
  ['go', /^package \w+$/m],
  ['rust', /^(pub )?(fn|struct|enum|impl|mod) \w+|^use (std|crate)::/m],
  ['csharp', /^(using System|namespace \w)/m],
  ['java', /^(import java|public (final |abstract )?(class|interface|enum|record) )/m],
  ['cpp', /^#include <(iostream|vector|string|memory|map)>|\bstd::/m],
  ['c', /^#include [<"]/m],
  ['kotlin', /^(fun|data class|import kotlin)\b/m],
  ['python', /^(from [\w.]+ import |import \w+$|def \w+\(.*\).*:\s*$|class \w+.*:\s*$|if __name__ ==)/m],
  ['typescript', /^(export )?(interface|type) \w+.*[={]$|^import type |: (string|number|boolean)[;,)=]/m],
  ['javascript', /^(const|let|var|function|async function|class|export|import) .*|^module\.exports|require\(/m],
  ['ruby', /^(require '|class \w+ <|module \w+$| {2}def \w+)/m],
  ['sql', /^\s*(CREATE TABLE|SELECT |INSERT INTO|ALTER TABLE)/im],
  ['dockerfile', /^FROM \S+(\s+AS \w+)?$/m],
  ['css', /^[.#]?[a-z][^\n;{}()=]{0,100}\{[^{}]{0,400}[\w-]+:[^{}]{1,200};/im],
];

/** The language that an untagged block looks like, or null. */
export function guessLanguage(content: string): Language | null {
  const start = content.slice(0, 3000);
  const name = signs.find(([, sign]) => sign.test(start))?.[0];
  return name === undefined ? null : languageNamed(name);
}
