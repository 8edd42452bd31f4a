import { languageOf } from '../languages/index.ts';
import { isBlank } from './lines.ts';

const words =
  'existing|rest|remain\\w*|previous\\w*|unchanged|same|other|omitted|above|earlier|before|here|as is|snip\\w*|continue[sd]?|etc|more|your|similar|existing code|code';
const dots = '(?:\\.{3,}|…|\\[\\.\\.\\.\\])';
const commentMark = '(?:\\/\\/+|#+|--|;+|%|\\/\\*+|<!--|\\{\\/\\*|\\*|\\(\\*|"""|\'\'\')';
const elision = new RegExp(
  `^\\s*(?:${dots}\\s*$|${commentMark}\\s*${dots}.{0,60}\\b(?:${words})\\b|${commentMark}\\s*(?:\\(|\\[)?\\s*(?:(?:the\\s+)?(?:rest|remainder) of|(?:the\\s+)?(?:existing|previous|original|remaining|unchanged|other existing) (?:\\w+ ){0,3}(?:code|imports?|methods?|functions?|content|routes?|fields?|props|logic|styles?|tests?|config\\w*|lines?|stuff|implementation)|keep (?:the\\s+)?(?:existing|rest|other)|same as (?:before|above)|no changes?|unchanged|snip|omitted|(?:code|content|everything else) (?:remains|stays|unchanged)|\\.\\.\\.existing)\\b.{0,80})`,
  'i',
);

/** Lines by which an answer leaves out what is there already. A document may have its dots, and a Python body is `...`. */
export function elidedAt(lines: readonly string[], path: string): number | null {
  const language = languageOf(path)?.name ?? '';
  if (['markdown', 'text', 'restructuredtext', 'csv', 'asciidoc'].includes(language)) return null;
  const found = lines.findIndex(
    (line, index) => line.length < 300 && elision.test(line) && !isEllipsis(lines, index, language),
  );
  return found < 0 ? null : found;
}

function isEllipsis(lines: readonly string[], index: number, language: string): boolean {
  const line = lines[index] ?? '';
  if (!/^\s*\.\.\.\s*$/.test(line)) return false;
  if (language === 'python') return /^\s+\.\.\./.test(line);
  return language === 'yaml' && index === lines.findLastIndex((text) => !isBlank(text));
}

/** What every whole file of a language holds, and what is said of one that does not. */
const signs: Readonly<Record<string, readonly [sign: RegExp, reason: string]>> = {
  php: [/<\?(php|=)|<\w/i, 'it has no `<?php`'],
  go: [/^\s*package\s+\w/m, 'it has no package clause'],
  java: [/\b(class|interface|enum|record|module|package)\b|^\s*import static/m, 'it has no type declaration'],
  csharp: [
    /\b(class|interface|enum|record|struct|namespace|delegate)\b|^\s*(global )?using\b|^(var|await|Console\.)/m,
    'it has no type declaration',
  ],
};
/** How no file of a language begins, comments aside. */
const partialStarts: Readonly<Record<string, readonly [sign: RegExp, reason: string]>> = {
  json: [/^\s*"[^"]*"\s*:/, 'it is part of an object'],
  python: [/^\s+\S/, 'it begins indented'],
};

const mayBeEmpty = /(^|\/)(__init__\.py|py\.typed|\.[\w-]*keep|\.nojekyll|\.env|[^/]*\.(css|txt|log|csv|md))$/;

/** Why the content cannot be a whole file of its kind, or null. */
export function fragmentReason(lines: readonly string[], path: string): string | null {
  const first = lines.find(
    (line) => !isBlank(line) && !/^\s*(\/\/|#|\/\*|\*|<!--|--|"""|''')/.test(line.slice(0, 200)),
  );
  if (first === undefined) return lines.every(isBlank) && !mayBeEmpty.test(path) ? 'it is empty' : null;
  const language = languageOf(path)?.name ?? '';
  const [sign, missing = null] = signs[language] ?? [];
  if (sign !== undefined && !sign.test(lines.slice(0, 4000).join('\n'))) return missing;
  const [start, reason = null] = partialStarts[language] ?? [];
  return start?.test(first) ? reason : null;
}
