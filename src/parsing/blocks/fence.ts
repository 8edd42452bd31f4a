import { languageNamed } from '../../languages/index.ts';
import type { Language } from '../../languages/language.ts';
import { isLabel } from '../evidence/label.ts';
import { isBlank, lastWritten } from '../lines.ts';
import { looksLikeProse, looksLikeSentence } from '../prose.ts';
import type { Answer } from './answer.ts';
import { type FenceLine, readGluedFence } from './fence-line.ts';
import { openString } from './open-string.ts';

/** Where the content of a fence ends, and where reading goes on. `rest` is code on the closing line. */
export interface FenceEnd {
  contentTo: number;
  next: number;
  closed: boolean;
  rest?: string;
}

type Step = 'content' | 'open' | 'close' | 'cut';

/** What is known of a fence before its end is looked for. */
export interface FenceSetting {
  open: FenceLine;
  language: Language | null;
  /** Reading stops here whatever is open. */
  limit: number;
  effort: Effort;
}

/** Lines that may still be read in vain, looking for the end of nested fences; after that every fence is taken as flat. */
export interface Effort {
  spare: number;
}

/**
 * The end of a fence: first as written, with the fences nested in it; where that never closes, as a model that forgot
 * a closing fence meant it.
 */
export function endOfFence(answer: Answer, setting: FenceSetting): FenceEnd {
  const { effort, limit, open } = setting;
  const nested = effort.spare > 0 ? nestedEnd(answer, setting) : null;
  if (nested !== null) return nested;
  effort.spare -= limit - open.line;
  return flatEnd(answer, setting);
}

function nestedEnd(answer: Answer, setting: FenceSetting): FenceEnd | null {
  const { open, language, limit } = setting;
  const text = openString(open.length > 3 ? null : language);
  const stack = [open];
  let labelled: number | null = null;
  for (let line = open.line + 1; line < limit; line += 1) {
    line = answer.conflictEnd(line) ?? line;
    const inText = text.feed(answer.lines[line] ?? '');
    const fence = answer.fenceAt(line);
    const rest = fence !== null || inText || stack.length > 1 ? null : gluedClosing(answer, line, setting);
    if (rest !== null) return { contentTo: line, next: line + 1, closed: true, rest };
    if (fence === null) continue;
    const step = inText ? stepInText(answer, fence, stack) : stepAt(answer, fence, stack, setting);
    if (step === 'cut') return cutBefore(answer, fence.line, open.line + 1);
    if (step === 'open') stack.push(fence);
    if (step === 'open' && labelled === null && isLabelled(answer, fence.line, open.line + 1)) labelled = line;
    if (step === 'close') stack.pop();
    if (stack.length === 0) return { contentTo: line, next: line + 1, closed: true };
  }
  if (!isMarkdown(language)) return null;
  return labelled === null ? toTheEnd(answer, setting) : cutBefore(answer, labelled, open.line + 1);
}

/** Inside a string fences come in pairs; one that none follows, or only the next file, closes the block all the same. */
function stepInText(answer: Answer, fence: FenceLine, stack: readonly FenceLine[]): Step {
  if (fence.mark !== stack[0]?.mark) return 'content';
  if (fence.info !== '') return 'open';
  if (stack.length > 1) return 'close';
  const next = answer.nextFence(fence.line + 1);
  return next === null || next.info !== '' || isLabelled(answer, next.line, fence.line + 1) ? 'close' : 'open';
}

function stepAt(answer: Answer, fence: FenceLine, stack: readonly FenceLine[], { open, language }: FenceSetting): Step {
  const top = stack.at(-1) ?? open;
  if (fence.mark !== top.mark || fence.length < top.length) return 'content';
  if (language?.name === 'diff' && fence.indent > open.indent) return 'content';
  if (closesWithProse(fence)) return 'close';
  if (fence.info !== '') return taggedStep(answer, fence, stack, language);
  if (stack.length > 1) return 'close';
  if (isMarkdown(language)) return opensInner(answer, fence, open) ? 'open' : 'close';
  return fence.indent > open.indent + 3 ? 'content' : 'close';
}

/** In Markdown a tagged fence is nested; in code it is the next file, its own name above it, after a forgotten closing. */
function taggedStep(answer: Answer, fence: FenceLine, stack: readonly FenceLine[], language: Language | null): Step {
  const inCode = stack.length === 1 && !isMarkdown(language);
  return inCode && isLabelled(answer, fence.line, (stack[0]?.line ?? 0) + 1) ? 'cut' : 'open';
}

/** A bare fence in Markdown opens a block where code follows it, up to another bare fence, and one more is left to close. */
function opensInner(answer: Answer, fence: FenceLine, open: FenceLine): boolean {
  const next = answer.nextFence(fence.line + 1);
  if (next === null || next.info !== '') return false;
  const between = answer.lines.slice(fence.line + 1, Math.min(next.line, fence.line + 80));
  if (between.every(isBlank)) return false;
  if (fence.indent > open.indent && next.indent === fence.indent) return true;
  const last = answer.nextFence(next.line + 1);
  return last !== null && !looksLikeProse(between) && !isLabelled(answer, next.line, fence.line + 1);
}

/** A closing fence that runs into the sentence after it. */
const closesWithProse = ({ info }: FenceLine): boolean => {
  const [first = '', ...others] = info.split(/\s+/);
  return (
    others.length >= 2 && /^\p{Lu}[\p{L}']*,?$/u.test(first) && !info.includes('=') && languageNamed(first) === null
  );
};

function gluedClosing(answer: Answer, line: number, { open, language }: FenceSetting): string | null {
  if (open.mark !== '`' || isMarkdown(language)) return null;
  const glued = readGluedFence(answer.lines[line] ?? '');
  return glued?.info === '' ? glued.before : null;
}

/** Without nesting: up to the first fence of any length, or up to the next block, the prose before it left out. */
function flatEnd(answer: Answer, setting: FenceSetting): FenceEnd {
  const { open, limit } = setting;
  for (let line = open.line + 1; line < limit; line += 1) {
    line = answer.conflictEnd(line) ?? line;
    const fence = answer.fenceAt(line);
    const rest = fence === null ? gluedClosing(answer, line, setting) : null;
    if (rest !== null) return { contentTo: line, next: line + 1, closed: true, rest };
    if (fence === null || fence.mark !== open.mark) continue;
    if (fence.info === '') return { contentTo: line, next: line + 1, closed: true };
    return cutBefore(answer, fence.line, open.line + 1);
  }
  return toTheEnd(answer, setting);
}

/** The closing fence is missing: the content ends above the name or the sentence that leads into the next block. */
function cutBefore(answer: Answer, line: number, from: number): FenceEnd {
  let end = lastWritten(answer.lines, line, from);
  while (end >= from && isSaid(answer.lines[end] ?? '')) end = lastWritten(answer.lines, end, from);
  const contentTo = Math.max(end + 1, from);
  return { contentTo, next: contentTo, closed: true };
}

const isSaid = (line: string): boolean =>
  isLabel(line) || looksLikeSentence(line) || /^\s*([-*_])\1{2,}\s*$/.test(line);

const toTheEnd = (answer: Answer, { open, limit }: FenceSetting): FenceEnd => {
  const next = Math.min(limit, answer.lines.length);
  return { contentTo: lastWritten(answer.lines, next, open.line + 1) + 1 || open.line + 1, next, closed: false };
};

function isLabelled(answer: Answer, line: number, from: number): boolean {
  const above = lastWritten(answer.lines, line, Math.max(from, line - 4));
  return above >= 0 && isLabel(answer.lines[above] ?? '');
}

export const isMarkdown = (language: Language | null): boolean =>
  language !== null && ['markdown', 'restructuredtext', 'asciidoc'].includes(language.name);
