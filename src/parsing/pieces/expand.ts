import { languageNamed } from '../../languages/index.ts';
import { answerOf } from '../blocks/answer.ts';
import type { Block } from '../blocks/block.ts';
import { elementAt, pathOfTag } from '../blocks/element.ts';
import { readFenceLine } from '../blocks/fence-line.ts';
import { readInfo } from '../evidence/info-string.ts';
import { readLabel } from '../evidence/label.ts';
import { asContent, isBlank, lastWritten } from '../lines.ts';
import type { Name, Verb } from '../name.ts';
import { heredocFiles } from './heredoc.ts';
import { filesInJson } from './json-files.ts';
import type { Piece } from './piece.ts';
import { sectionsOf } from './sections.ts';

/** The pieces of a block: itself, or the files that it bundles. */
export function piecesOf(block: Block): Piece[] {
  if (block.kind === 'reasoning') return [];
  if (block.kind === 'element') return elementPieces(block);
  if (block.kind === 'markers') return [pieceOf(block, {})];
  return bundled(block) ?? [pieceOf(block, {})];
}

const pieceOf = (block: Block, some: Partial<Piece>): Piece => ({
  content: block.content === '' && block.contentTo <= block.contentFrom ? '' : `${block.content}\n`,
  from: block.contentFrom,
  to: block.contentTo,
  block,
  tag: readInfo(block.info).language,
  given: null,
  cut: !block.closed,
  ...some,
});

export const given = (path: string, evidence: string, confidence: number, verb: Verb = 'create'): Name => ({
  path,
  evidence,
  confidence,
  strong: true,
  verb,
});

/** Several files in one block; a block with a name of its own is that one file, whatever it holds. */
function bundled(block: Block): Piece[] | null {
  const info = readInfo(block.info);
  const own = info.path ?? labelAbove(block.lead);
  const lines = block.content.split('\n');
  if (own !== null) return sectioned(block, lines, own);
  return (
    heredocs(block, lines, info.language) ??
    jsonPieces(block) ??
    elements(block, lines, info.language) ??
    sectioned(block, lines, null)
  );
}

function labelAbove(lead: readonly string[]): string | null {
  const line = lead.findLast((text) => !isBlank(text));
  return line === undefined ? null : (readLabel(line)?.path ?? null);
}

function heredocs(block: Block, lines: readonly string[], language: string | null): Piece[] | null {
  if (language !== null && !['bash', 'sh', 'shell', 'zsh', 'console', 'terminal', 'text'].includes(language))
    return null;
  const files = heredocFiles(lines);
  if (files.length === 0) return null;
  return files.map((file) =>
    pieceOf(block, {
      content: file.content,
      from: block.contentFrom + file.from,
      to: block.contentFrom + file.to,
      tag: null,
      given: { ...given(file.path, 'heredoc', 0.95), appends: file.appends },
      cut: !file.closed,
    }),
  );
}

export function jsonPieces(block: Block): Piece[] | null {
  const files = filesInJson(block.content);
  if (files === null) return null;
  return files.map(({ path, content, truncated }) =>
    pieceOf(block, { content: ended(content), tag: null, given: given(path, 'JSON key', 0.95), cut: truncated }),
  );
}

const ended = (content: string): string => {
  const text = content.replaceAll('\r\n', '\n');
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
};

/** File tags inside a fence: the answer's protocol, fenced. */
function elements(block: Block, lines: readonly string[], language: string | null): Piece[] | null {
  if (language !== null && !['xml', 'html', 'text', 'markdown', 'plaintext'].includes(language)) return null;
  if (!/^\s*<[A-Za-z]/.test(lines.find((line) => !isBlank(line)) ?? '')) return null;
  const answer = answerOf(lines);
  const pieces: Piece[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const element = /^\s*</.test(lines[line] ?? '')
      ? elementAt(answer, line, lines.length, () => lines.slice(Math.max(0, line - 8), line))
      : null;
    if (
      element === null ||
      element.tag === null ||
      pathOfTag(element.tag) === null ||
      /^(script|link|img|input|meta|include|source)$/i.test(element.tag.name)
    )
      continue;
    pieces.push(
      ...elementPieces({
        ...element,
        contentFrom: element.contentFrom + block.contentFrom,
        contentTo: element.contentTo + block.contentFrom,
      }),
    );
    line = element.to - 1;
  }
  return pieces.length === 0 ? null : pieces;
}

function sectioned(block: Block, lines: readonly string[], own: string | null): Piece[] | null {
  const first = lines.findIndex((line) => !isBlank(line));
  const sections = sectionsOf(lines, 2, languageNamed(readInfo(block.info).language ?? ''));
  const [head] = sections;
  if (head === undefined || head.from > first + 3 || (own !== null && own !== head.path)) return null;
  return sections.map((section) => sectionPiece(block, lines, section.path, section.from, section.to));
}

export function sectionPiece(block: Block, lines: readonly string[], path: string, from: number, to: number): Piece {
  const { inner, shift, closed } = withoutFence(lines.slice(from, to));
  const last = to >= lastWritten(lines, lines.length) + 1;
  return pieceOf(block, {
    content: asContent(inner),
    from: block.contentFrom + from + shift,
    to: block.contentFrom + from + shift + inner.length,
    given: given(path, 'separator line', 0.9),
    cut: (!block.closed && last) || !closed,
  });
}

const deleting = /delete|remove/i;
const renaming = /rename|move/i;
const editing = /edit|patch|diff|replace|modify|search|update|append|insert/i;
const showing = /^(read|view|open|show|document|source|context|existing|example)/i;

function elementPieces(block: Block): Piece[] {
  const tag = block.tag ?? { name: '', attributes: {} };
  const path = pathOfTag(tag);
  const { lines, shift, closed } = unwrapped(block.content.split('\n'), path);
  const from = block.contentFrom + shift;
  if (path === null) return fenceLike(block, lines, from);
  const verb: Verb =
    editing.test(tag.name) || /edit|patch|update|modify/i.test(tag.attributes['type'] ?? '')
      ? 'edit'
      : showing.test(tag.name)
        ? 'show'
        : 'create';
  return [
    pieceOf(block, {
      content: asContent(lines),
      from,
      to: from + lines.length,
      tag: null,
      given: given(path, `<${tag.name}> tag`, 0.97, verb),
      cut: !block.closed || !closed,
    }),
  ];
}

export const isOperation = (name: string): boolean => deleting.test(name) || renaming.test(name);

/** `<source>python`: the rest of the first line is the info string. */
function fenceLike(block: Block, lines: readonly string[], from: number): Piece[] {
  const [first = ''] = lines;
  const named =
    block.contentFrom === block.from && (languageNamed(first.trim()) !== null || /^\s*<code\b[^>]*>\s*$/.test(first));
  const language = named
    ? (/language-([\w+#-]+)/.exec(first)?.[1] ?? first.trim())
    : (block.tag?.attributes['language'] ?? block.tag?.attributes['lang'] ?? '');
  const body = named ? lines.slice(1) : lines;
  const code = body.map((line, index) => (index === body.length - 1 ? line.replace(/<\/code>\s*$/, '') : line));
  const inner: Block = {
    ...block,
    kind: 'fence',
    info: language,
    content: code.join('\n'),
    contentFrom: from + (named ? 1 : 0),
  };
  return bundled(inner) ?? [pieceOf(inner, {})];
}

interface Unwrapped {
  lines: string[];
  shift: number;
  closed: boolean;
}

/** The content of an element without the CDATA, the payload tag or the fence that the model put around it. */
function unwrapped(lines: readonly string[], path: string | null): Unwrapped {
  const trimmed = withoutOuterBlanks(lines);
  const payload = withoutPayload(trimmed);
  const data = withoutData(payload);
  const { inner, shift, closed } = /\.(md|mdx|markdown)$/i.test(path ?? '')
    ? { inner: data.lines, shift: 0, closed: true }
    : withoutFence(data.lines);
  const code = data.raw ? [...inner] : withoutEntities([...inner], path);
  return { lines: code, shift: data.shift + shift, closed };
}

function withoutOuterBlanks(lines: readonly string[]): { lines: readonly string[]; shift: number } {
  const first = lines.findIndex((line) => !isBlank(line));
  return first < 0
    ? { lines: [], shift: 0 }
    : { lines: lines.slice(first, lastWritten(lines, lines.length) + 1), shift: first };
}

type Part = { lines: readonly string[]; shift: number };

/** `<content>` or `<new_file>` inside the file's own tag. */
function withoutPayload({ lines, shift }: Part): Part {
  const start = lines
    .slice(0, 12)
    .findIndex((line) =>
      /^\s*<(content|contents|code|file_text|new_file|body|source_code|text)(\s[^>]*)?>/i.test(line),
    );
  if (start < 0 || lines.slice(0, start).some((line) => !/^\s*(<[\w-]+>.*<\/[\w-]+>)?\s*$/.test(line)))
    return { lines, shift };
  const name = /<([\w-]+)/.exec(lines[start] ?? '')?.[1] ?? '';
  const end = lines.findLastIndex((line) => line.toLowerCase().includes(`</${name.toLowerCase()}>`));
  if (end < start) return { lines, shift };
  const inner = lines.slice(start, end + 1);
  inner[inner.length - 1] = (inner.at(-1) ?? '').replace(/<\/[\w-]+>\s*$/, '');
  inner[0] = (inner[0] ?? '').replace(/^\s*<[^>]*>/, '');
  const rest = withoutOuterBlanks(inner);
  return { lines: rest.lines, shift: shift + start + rest.shift };
}

function withoutData({ lines, shift }: Part): Part & { raw: boolean } {
  const [first = ''] = lines;
  if (!first.trimStart().startsWith('<![CDATA[')) return { lines, shift, raw: false };
  const end = lines.findLastIndex((line) => line.includes(']]>'));
  const inner = lines.slice(0, end < 0 ? lines.length : end + 1);
  if (end >= 0) inner[end] = (inner[end] ?? '').slice(0, (inner[end] ?? '').lastIndexOf(']]>'));
  inner[0] = (inner[0] ?? '').replace(/^\s*<!\[CDATA\[/, '');
  const rest = withoutOuterBlanks(inner);
  return { lines: rest.lines, shift: shift + rest.shift, raw: true };
}

/** A fence that encloses all there is. */
function withoutFence(lines: readonly string[]): { inner: readonly string[]; shift: number; closed: boolean } {
  const first = lines.findIndex((line) => !isBlank(line));
  const open = readFenceLine(lines[first] ?? '', first);
  if (open === null) return { inner: [...lines], shift: 0, closed: true };
  const last = lastWritten(lines, lines.length);
  const close = last > first ? readFenceLine(lines[last] ?? '', last) : null;
  const closed = close !== null && close.info === '' && close.mark === open.mark;
  return { inner: lines.slice(first + 1, closed ? last : lines.length), shift: first + 1, closed };
}

/** Code that was escaped for XML, and says so by having no bare bracket at all. */
function withoutEntities(lines: string[], path: string | null): string[] {
  const escaped = lines.some((line) => /&(lt|gt|amp|quot);/.test(line)) && !lines.some((line) => /[<>]/.test(line));
  if (!escaped || /\.(html?|xml|svg|md|vue)$/i.test(path ?? '')) return lines;
  const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return lines.map((line) =>
    line.replace(/&(lt|gt|amp|quot|apos);/g, (whole, name: string) => entities[name] ?? whole),
  );
}
