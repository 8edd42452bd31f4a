import { noInfo } from '../evidence/info-string.ts';
import type { Answer } from './answer.ts';
import type { Block } from './block.ts';

/** SEARCH/REPLACE regions and patch envelopes that stand in the answer without a fence. */
export function markersAt(answer: Answer, line: number, lead: () => readonly string[]): Block | null {
  const end = answer.conflictEnd(line);
  if (end !== null) return block(answer, line, end + 1, true, lead());
  if (!/^\s*\*\*\* Begin Patch\s*$/.test((answer.lines[line] ?? '').slice(0, 60))) return null;
  const close = endOfPatch(answer, line);
  return block(answer, line, close ?? answer.lines.length, close !== null, lead());
}

function endOfPatch(answer: Answer, line: number): number | null {
  for (let index = line + 1; index < answer.lines.length; index += 1) {
    if (/^\s*\*\*\* End Patch\s*$/.test((answer.lines[index] ?? '').slice(0, 60))) return index + 1;
  }
  return null;
}

const block = (answer: Answer, from: number, to: number, closed: boolean, lead: readonly string[]): Block => ({
  kind: 'markers',
  info: noInfo,
  tag: null,
  from,
  to,
  content: answer.lines.slice(from, to).join('\n'),
  contentFrom: from,
  contentTo: to,
  closed,
  lead,
});
