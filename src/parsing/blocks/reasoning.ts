import { noInfo } from '../evidence/info-string.ts';
import type { Answer } from './answer.ts';
import type { Block } from './block.ts';

const names = [
  'think',
  'thinking',
  'thought',
  'thoughts',
  'reasoning',
  'scratchpad',
  'analysis',
  'reflection',
  'antthinking',
  'internal_monologue',
  'planning',
];
const opening = new RegExp(`^\\s*<(${names.join('|')})\\b[^>]{0,200}>`, 'i');

/** A thinking block: nothing in it is part of the answer. One that never ends was cut, and takes all the rest. */
export function reasoningAt(answer: Answer, line: number): Block | null {
  const name = opening.exec((answer.lines[line] ?? '').slice(0, 300))?.[1];
  if (name === undefined) return null;
  const close = answer.closingTag(name, line);
  const to = close === null ? answer.lines.length : close + 1;
  return {
    kind: 'reasoning',
    info: noInfo,
    tag: null,
    from: line,
    to,
    content: '',
    contentFrom: line,
    contentTo: to,
    closed: close !== null,
    lead: [],
  };
}

/**
 * Some servers cut the opening tag off: then everything up to a lone `</think>` is reasoning, unless the line belongs to
 * a file, a block with an end of its own.
 */
export function reasoningBefore(answer: Answer, blocks: readonly Block[]): number {
  const close = answer.closingTag('think', 0);
  if (close === null || !/^\s*<\/think>/i.test(answer.lines[close] ?? '')) return 0;
  const around = blocks.find(({ from, to }) => from <= close && close < to);
  return around === undefined || around.contentTo === around.to ? close + 1 : 0;
}
