import { readInfo } from '../evidence/info-string.ts';
import { heredocStart } from '../pieces/heredoc.ts';
import type { Answer } from './answer.ts';
import type { Block } from './block.ts';

/** `cat > file <<EOF` in the answer without a fence around it. */
export function heredocAt(answer: Answer, line: number, lead: () => readonly string[]): Block | null {
  const start = heredocStart(answer.lines[line] ?? '');
  if (start === null) return null;
  let end = line + 1;
  while (end < answer.lines.length && (answer.lines[end] ?? '').trim() !== start.delimiter) end += 1;
  const to = Math.min(end + 1, answer.lines.length);
  const content = answer.lines.slice(line, to).join('\n');
  return {
    kind: 'heredoc',
    info: readInfo('bash'),
    tag: null,
    from: line,
    to,
    content,
    contentFrom: line,
    contentTo: to,
    closed: end < answer.lines.length,
    lead: lead(),
  };
}
