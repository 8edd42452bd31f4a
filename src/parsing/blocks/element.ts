import { noInfo } from '../evidence/info-string.ts';
import { indentOf, isBlank } from '../lines.ts';
import type { Answer } from './answer.ts';
import type { Block, Tag } from './block.ts';
import { type Opening, openingTag, pathOfTag } from './tag.ts';

const codeTags = new Set(['source', 'code', 'pre', 'codeblock', 'sourcecode', 'code_block', 'snippet']);
const payloadTags = new Set([
  'content',
  'contents',
  'code',
  'file_text',
  'file_content',
  'filecontent',
  'new_content',
  'body',
  'text',
  'data',
  'source',
  'document_content',
  'document_contents',
  'old_str',
  'new_str',
  'diff',
]);
const siblingPath =
  /<(?:path|file_?path|file_?name|name|target_file|source|parameter(?:\s+name="|=)(?:path|file_?path|file_?name|target_file)"?)>\s*([^<\s][^<]{0,200}?)\s*<\//i;
/** An element with a path, or one that models write in place of a fence, beginning at a line. */
export function elementAt(
  answer: Answer,
  line: number,
  limit: number,
  above: () => readonly string[],
  before?: Block,
): Block | null {
  const start = openingTag(answer, line);
  if (start === null) return null;
  const named = withSibling(start.tag, above, before);
  if (pathOfTag(named) === null && !standsForFence(answer, start)) return null;
  return blockOf(answer, { ...start, tag: named }, line, limit, above());
}

/** `<path>a.py</path>` just above `<content>` names it, and `<new_str>` is of the same file as the `<old_str>` before it. */
function withSibling(tag: Tag, above: () => readonly string[], before: Block | undefined): Tag {
  const payload =
    payloadTags.has(tag.name.toLowerCase()) ||
    (tag.name.toLowerCase() === 'parameter' && payloadTags.has((tag.attributes['name'] ?? '').toLowerCase()));
  if (!payload || pathOfTag(tag) !== null) return tag;
  const lines = above().filter((text) => !isBlank(text));
  const near = lines.slice(-6).join('\n').slice(-1500);
  const path =
    [...near.matchAll(new RegExp(siblingPath, 'gi'))].at(-1)?.[1] ??
    (lines.length === 0 ? before?.tag?.attributes['path'] : undefined);
  return path === undefined ? tag : { ...tag, attributes: { ...tag.attributes, path } };
}

/** `<source>python` and its like: alone on the line but for a language, and closed further down. */
function standsForFence(answer: Answer, { tag, line, column }: Opening): boolean {
  const rest = (answer.lines[line] ?? '').slice(column).trim();
  return (
    codeTags.has(tag.name.toLowerCase()) &&
    /^([\w+#-]{0,20}|<code\b[^>]*>.*)$/.test(rest) &&
    answer.closingTag(tag.name, line + 1) !== null
  );
}

function blockOf(
  answer: Answer,
  { tag, line, column }: Opening,
  from: number,
  limit: number,
  lead: readonly string[],
): Block {
  const rest = (answer.lines[line] ?? '').slice(column);
  const oneLine = rest.toLowerCase().indexOf(`</${tag.name.toLowerCase()}`);
  const common = { kind: 'element', info: noInfo, tag, from, lead } as const;
  if (oneLine >= 0)
    return {
      ...common,
      to: line + 1,
      content: rest.slice(0, oneLine),
      contentFrom: line,
      contentTo: line + 1,
      closed: true,
    };
  const close = closingLine(answer, tag.name, line, rest);
  const closed = close !== null && close < limit;
  const end = closed ? close : limit;
  const body = answer.lines.slice(line + 1, end);
  const last = closed ? beforeTag(answer.lines[end] ?? '', tag.name) : '';
  const first = isBlank(rest) ? [] : [rest];
  const content = [...first, ...body, ...(isBlank(last) ? [] : [last])].join('\n');
  const contentFrom = first.length > 0 ? line : line + 1;
  const contentTo = isBlank(last) ? end : end + 1;
  return { ...common, to: closed ? end + 1 : end, content, contentFrom, contentTo, closed };
}

/** The content may hold the closing tag itself where CDATA wraps it. */
function closingLine(answer: Answer, name: string, line: number, rest: string): number | null {
  const next = isBlank(rest) ? (answer.lines[line + 1] ?? '') : rest;
  let from = line + 1;
  if (next.trimStart().startsWith('<![CDATA[')) {
    const end = answer.closingMark(line);
    if (end !== null) from = end;
  }
  const close = answer.closingTag(name, from);
  return close === null ? null : (dedicated(answer, name, from, close) ?? close);
}

/** A closing tag on a line of its own, at most as far in as the first, is preferred to one inside a line of code. */
function dedicated(answer: Answer, name: string, from: number, close: number): number | null {
  const own = (line: number) => (answer.lines[line] ?? '').trim().toLowerCase().startsWith(`</${name.toLowerCase()}`);
  if (own(close)) return close;
  const next = answer.closingTag(name, close + 1);
  return next !== null && own(next) && indentOf(answer.lines[next] ?? '') === 0 && from < close && next - close < 400
    ? next
    : null;
}

const beforeTag = (text: string, name: string): string => {
  const at = text.toLowerCase().lastIndexOf(`</${name.toLowerCase()}`);
  return at < 0 ? text : text.slice(0, at);
};
