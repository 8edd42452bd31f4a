import { indentOf, isBlank } from '../lines.ts';
import type { FenceLine } from './fence-line.ts';

/** Content of a fence as it stood before the list or quote around it pushed it to the right. */
export function dedent(lines: readonly string[], fence: FenceLine): string[] {
  const unquoted = fence.prefix.includes('>') ? lines.map((line) => line.replace(/^ {0,3}> ?/, '')) : lines;
  const columns = fence.prefix.includes('>') ? 0 : shiftOf(unquoted, fence.indent || widthOf(fence.prefix));
  return columns === 0 ? [...unquoted] : unquoted.map((line) => withoutIndent(line, columns));
}

/** A list marker shifts what follows it by its own width. */
const widthOf = (prefix: string): number => prefix.length;

/** How far the content really is to the right: models forget it for some lines, or for all. */
function shiftOf(lines: readonly string[], indent: number): number {
  if (indent === 0) return 0;
  const indents = lines.filter((line) => !isBlank(line)).map(indentOf);
  const outside = indents.filter((columns) => columns === 0).length;
  return outside * 3 > indents.length ? 0 : indent;
}

function withoutIndent(line: string, columns: number): string {
  let column = 0;
  let index = 0;
  while (column < columns && (line[index] === ' ' || line[index] === '\t')) {
    column += line[index] === '\t' ? 4 - (column % 4) : 1;
    index += 1;
  }
  return line.slice(index);
}
