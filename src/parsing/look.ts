import type { Block } from './blocks/block.ts';
import type { Edit } from './edits.ts';
import { isBlank } from './lines.ts';
import type { Nameless } from './unnamed.ts';

/** What an answer without files looked like, for the model that wrote it. */
export function describe(
  lines: readonly string[],
  blocks: readonly Block[],
  edits: readonly Edit[],
  nameless: readonly Nameless[],
): string {
  const text = lines.find((line) => !isBlank(line))?.trim() ?? '';
  const code = blocks.filter(({ kind }) => kind !== 'reasoning');
  if (text === '') return 'it is empty';
  if (code.length === 0 && blocks.length > 0) return 'it holds reasoning and nothing after it';
  if (edits.length > 0) return `it holds edits only (${edits.length}), no whole file`;
  if (nameless.length > 0) return `its ${nameless.length} code blocks have no file names`;
  if (code.length > 0) return `its ${code.length} blocks are commands, samples or snippets`;
  if (/^(i'm sorry|i am sorry|sorry|i can't|i cannot|unfortunately)/i.test(text))
    return `it declines ("${text.slice(0, 80)}")`;
  if (/^[[{]/.test(text)) return 'it is JSON in which no member has a path and a content';
  return `it is prose without a code block ("${text.slice(0, 80)}")`;
}
