import type { Block } from '../blocks/block.ts';
import { noInfo } from '../evidence/info-string.ts';
import { isBlank } from '../lines.ts';
import { jsonPieces, sectionPiece } from './expand.ts';
import type { Piece } from './piece.ts';
import { sectionsOf } from './sections.ts';

/** The pieces of an answer that has no fence and no tag: JSON, or files under separator lines. */
export function piecesWithoutBlocks(lines: readonly string[]): Piece[] {
  const block = wholeAnswer(lines);
  for (const start of jsonStarts(lines)) {
    const json = jsonPieces({ ...block, content: lines.slice(start).join('\n'), contentFrom: start });
    if (json !== null) return json;
  }
  return sectionsOf(lines, 1, null)
    .filter(({ decorated, from, to }) => decorated && to > from)
    .map(({ path, from, to }) => sectionPiece(block, lines, path, from, to));
}

/** Where JSON may begin; a few places are enough. */
const jsonStarts = (lines: readonly string[]): number[] =>
  lines.flatMap((line, index) => (/^\s*(\{|\[)\s*($|["'{[\]}])/.test(line.slice(0, 200)) ? [index] : [])).slice(0, 4);

const wholeAnswer = (lines: readonly string[]): Block => ({
  kind: 'fence',
  info: noInfo,
  tag: null,
  from: 0,
  to: lines.length,
  content: lines.join('\n'),
  contentFrom: 0,
  contentTo: lines.length,
  closed: lines.some((line) => !isBlank(line)),
  lead: [],
});
