import { languageNamed } from '../../languages/index.ts';
import { asPath } from './paths.ts';

/** What a fence says after its marks. */
export interface Info {
  /** The first word, if it is one: `python`, `diff`, `console`. */
  language: string | null;
  path: string | null;
  /** It shows lines of a file that is there: `12:30:src/a.ts`, `src/a.ts (10-20)`. */
  excerpt: boolean;
  /** gptme and its like write an order before the path: `save a.py`, `patch a.py`. */
  order: 'save' | 'edit' | 'append' | null;
  /** Code that slipped onto the opening line. */
  code: string | null;
}

export const noInfo: Info = { language: null, path: null, excerpt: false, order: null, code: null };
const attribute =
  /(?:^|[\s{,:])(?:title|filename|file_name|filepath|file_path|file|path|name|label|src|source|caption|fileName|filePath)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|\{?["'`]?([^\s"'`{},]+))/i;

export function readInfo(info: string): Info {
  if (info === '' || info.length > 600) return noInfo;
  const citation = /^\d+:\d+:(\S+)$/.exec(info);
  if (citation !== null) return { ...noInfo, path: asPath(citation[1] ?? '', true), excerpt: true };
  const [first = ''] = info.split(/[\s{,]/);
  const { language, glued } = readFirst(first);
  const order = orderOf(first);
  const path = attributePath(info) ?? glued ?? wordPath(info, first);
  const excerpt = /(:\d+-\d+|#L\d+|[\s([]L?\d+-L?\d+[)\]]?|lines?\s+\d+)\s*$/i.test(info);
  return { language, path, excerpt, order, code: path === null && order === null ? codeAfter(info, first) : null };
}

/** `python`, `ts:src/a.ts`, `src/a.ts`, `{.python`. */
function readFirst(first: string): { language: string | null; glued: string | null } {
  const word = first.replace(/^\.(?=[a-z]+$)/, '');
  if (word === '') return { language: null, glued: null };
  if (languageNamed(word) !== null && !/[/\\]/.test(word)) return { language: word.toLowerCase(), glued: null };
  const [, language = null, rest = ''] = /^([\w+#-]+)[:|@](.+)$/.exec(word) ?? [];
  if (rest !== '') return { language: language?.toLowerCase() ?? null, glued: asPath(rest, true) };
  const path = asPath(word, true);
  return path === null ? { language: word.toLowerCase(), glued: null } : { language: null, glued: path };
}

function attributePath(info: string): string | null {
  const [, a, b, c] = attribute.exec(info) ?? [];
  const value = a ?? b ?? c;
  return value === undefined ? null : asPath(value, true);
}

/** Any later word: `python src/a.py`, `js [config.js]`, `ts // src/a.ts`, `{src/a.ts}`. */
function wordPath(info: string, first: string): string | null {
  const words = info
    .slice(info.startsWith('{') ? 0 : first.length)
    .split(/[\s{}]+/)
    .filter((word) => word !== '')
    .slice(0, 8);
  for (const word of words) {
    const path = /[=()]/.test(word) && !word.startsWith('(') ? null : asPath(word.replace(/^\[(.*)\]$/, '$1'), true);
    if (path !== null) return path;
  }
  return null;
}

function orderOf(first: string): Info['order'] {
  if (/^(save|create|write|new|add)$/i.test(first)) return 'save';
  if (/^append$/i.test(first)) return 'append';
  return /^(patch|edit|update|modify|replace|diff|morph|search_replace|searchreplace)$/i.test(first) ? 'edit' : null;
}

/** `python import os`: a known language, then what can only be code. */
function codeAfter(info: string, first: string): string | null {
  const rest = info.slice(first.length).trim();
  if (
    rest === '' ||
    languageNamed(first) === null ||
    !/^(import|from|def|class|const|let|var|function|package|using|#include|<\?php|<!DOCTYPE|public|fn|use|FROM|SELECT|CREATE)\b/.test(
      rest,
    )
  )
    return null;
  return rest;
}
