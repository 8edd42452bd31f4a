import { indentOf } from '../lines.ts';

/** A line that opens or closes a fence. */
export interface FenceLine {
  line: number;
  mark: '`' | '~';
  length: number;
  /** What stands before it: white space, list marker, quote marks. */
  prefix: string;
  indent: number;
  /** What stands after it, trimmed; '' for a bare fence. */
  info: string;
}

const prefixForm = /^[\s>]*(?:(?:[-*+•]|\d{1,3}[.)])\s+)?(?:\*\*)?$/;

export function readFenceLine(text: string, line: number): FenceLine | null {
  const at = firstRun(text);
  if (at < 0 || at > 60) return null;
  const prefix = text.slice(0, at);
  const mark = text[at] === '~' ? '~' : '`';
  if (!prefixForm.test(prefix)) return null;
  let end = at;
  while (text[end] === mark) end += 1;
  const info = text.slice(end, end + 1000).trim();
  if (mark === '`' && info.includes('`')) return null; // a code span that begins with three marks
  return { line, mark, length: end - at, prefix, indent: indentOf(prefix), info };
}

function firstRun(text: string): number {
  const backticks = text.indexOf('```');
  const tildes = text.indexOf('~~~');
  if (backticks < 0 || tildes < 0) return Math.max(backticks, tildes);
  return Math.min(backticks, tildes);
}

/** A fence glued to the end of what stands before it: `Here it is:```python`, or `return 1```` where it closes. */
export function readGluedFence(text: string): { before: string; info: string } | null {
  if (text.length > 2000) return null;
  const at = text.lastIndexOf('```');
  if (at <= 0 || text[at - 1] === '`' || text.indexOf('```') !== at) return null;
  const info = text.slice(at + 3).trim();
  if (!/^[\w+#.-]{0,20}$/.test(info)) return null;
  return { before: text.slice(0, at), info };
}
