import { code } from '../../src/prompts/section.ts';

/** A Markdown table; cells are Markdown on one line, and a bar in one does not end it. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

/** Texts as code spans, separated by spaces. */
export const codes = (texts: readonly string[]): string => texts.map(code).join(' ');
