import { languageNamed, languageOf } from '../../languages/index.ts';
import { answerOf } from '../blocks/answer.ts';
import type { Block } from '../blocks/block.ts';
import { elementAt } from '../blocks/element.ts';
import { isMarkdown } from '../blocks/fence.ts';
import { scanBlocks } from '../blocks/scan-blocks.ts';
import { pathOfTag } from '../blocks/tag.ts';
import { readLabel } from '../evidence/label.ts';
import { asContent, isBlank, lastWritten } from '../lines.ts';
import { elementPiece, fenceOfElement } from './element-piece.ts';
import { heredocFiles } from './heredoc.ts';
import { filesInJson } from './json-files.ts';
import { given, type Piece, pieceOf } from './piece.ts';
import { sectionsOf } from './sections.ts';
import { withoutFence } from './unwrap.ts';

/** The pieces of a block: itself, or the files that it bundles. */
export function piecesOf(block: Block): Piece[] {
  if (block.kind === 'reasoning') return [];
  if (block.kind === 'markers') return [pieceOf(block, {})];
  if (block.kind !== 'element') return bundled(block) ?? [pieceOf(block, {})];
  const path = block.tag === null ? null : pathOfTag(block.tag);
  if (block.tag !== null && path !== null) return [elementPiece(block, block.tag, path)];
  const fence = fenceOfElement(block);
  return bundled(fence) ?? [pieceOf(fence, {})];
}

/** Several files in one block; a block with a name of its own is that one file, but a shell command that writes it. */
function bundled(block: Block): Piece[] | null {
  const { info } = block;
  const own = info.path ?? labelAbove(block.lead);
  const lines = block.content.split('\n');
  if (own !== null && languageOf(own)?.name !== 'bash')
    return heredocs(block, lines, info.language) ?? sectioned(block, lines, own);
  if (own !== null) return sectioned(block, lines, own);
  return (
    heredocs(block, lines, info.language) ??
    jsonPieces(block) ??
    elements(block, lines, info.language) ??
    sectioned(block, lines, null) ??
    answerInside(block, lines)
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
      given: { ...given(file.path, 'heredoc', 0.95), ...(file.appends ? { part: 'append' } : {}) },
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

/** The whole answer in one Markdown fence: the blocks in it that a name stands by. */
function answerInside(block: Block, lines: readonly string[]): Piece[] | null {
  if (!isMarkdown(languageNamed(block.info.language ?? ''))) return null;
  const inner = scanBlocks(lines).filter(({ info, lead }) => (info.path ?? labelAbove(lead)) !== null);
  return inner.length === 0
    ? null
    : inner.map((part) =>
        pieceOf(
          { ...part, contentFrom: part.contentFrom + block.contentFrom, contentTo: part.contentTo + block.contentFrom },
          {},
        ),
      );
}

/** Tags of web pages, whose attributes name other files. */
const ofPages = /^(script|link|img|a|input|meta|include|source|form|iframe|object|use)$/i;

/** File tags inside a fence: the answer's protocol, fenced. */
function elements(block: Block, lines: readonly string[], language: string | null): Piece[] | null {
  if (language !== null && !['xml', 'html', 'text', 'markdown', 'plaintext'].includes(language)) return null;
  if (!/^\s*<[A-Za-z]/.test(lines.find((line) => !isBlank(line)) ?? '')) return null;
  const answer = answerOf(lines);
  const pieces: Piece[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const element = elementAt(answer, line, lines.length, () => lines.slice(Math.max(0, line - 8), line));
    const path = element?.tag == null || ofPages.test(element.tag.name) ? null : pathOfTag(element.tag);
    if (element?.tag == null || path === null) continue;
    const contentFrom = element.contentFrom + block.contentFrom;
    pieces.push(elementPiece({ ...element, contentFrom }, element.tag, path));
    line = element.to - 1;
  }
  return pieces.length === 0 ? null : pieces;
}

function sectioned(block: Block, lines: readonly string[], own: string | null): Piece[] | null {
  const first = lines.findIndex((line) => !isBlank(line));
  const sections = sectionsOf(lines, 2, languageNamed(block.info.language ?? ''));
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
