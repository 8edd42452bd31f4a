import { languageNamed } from '../../languages/index.ts';
import type { Language } from '../../languages/language.ts';
import { isLabel } from '../evidence/label.ts';
import { isBlank, lastWritten } from '../lines.ts';
import { looksLikeProse, looksLikeSentence } from '../prose.ts';
import type { Answer } from './answer.ts';
import { type FenceLine, readGluedFence } from './fence-line.ts';
import { type OpenString, openString } from './open-string.ts';

/** Where the content of a fence ends, and where reading goes on. `rest` is code on the closing line. */
interface FenceEnd {
  contentTo: number;
  next: number;
  closed: boolean;
  rest?: string;
}

type Step = 'content' | 'open' | 'close' | 'cut';

/** What is known of a fence before its end is looked for. */
interface FenceSetting {
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
  if (nested?.closed) return nested;
  effort.spare -= limit - open.line;
  const shorter =
    open.length > 3 && effort.spare > 0 ? nestedEnd(answer, { ...setting, open: { ...open, length: 3 } }) : null;
  if (shorter?.closed) return shorter;
  if (nested !== null) return nested;
  return flatEnd(answer, setting);
}

/** What is open at a line: fences, a string of the code, and the first nested fence that has a file's name above it. */
interface Nest {
  fences: FenceLine[];
  text: OpenString;
  labelled: number | null;
}

function nestedEnd(answer: Answer, setting: FenceSetting): FenceEnd | null {
  const { open, language, limit } = setting;
  const nest: Nest = { fences: [open], text: openString(open.length > 3 ? null : language), labelled: null };
  for (let line = open.line + 1; line < limit; line += 1) {
    line = answer.conflictEnd(line) ?? line;
    const end = endAt(answer, line, nest, setting);
    if (end !== null) return end;
  }
  if (!isMarkdown(language)) return null;
  return nest.labelled === null ? toTheEnd(answer, setting) : cutBefore(answer, nest.labelled, open.line + 1);
}

function endAt(answer: Answer, line: number, nest: Nest, setting: FenceSetting): FenceEnd | null {
  const inText = nest.text.feed(answer.lines[line] ?? '');
  const fence = answer.fenceAt(line);
  if (fence === null) return inText || nest.fences.length > 1 ? null : gluedEnd(answer, line, setting);
  const step = inText ? stepInText(answer, fence, nest.fences) : stepAt(answer, fence, nest.fences, setting);
  const from = setting.open.line + 1;
  if (step === 'cut') return cutBefore(answer, line, from);
  if (step === 'open') nest.fences.push(fence);
  if (step === 'open' && isLabelled(answer, line, from)) nest.labelled ??= line;
  if (step === 'close') nest.fences.pop();
  return nest.fences.length === 0 ? { contentTo: line, next: line + 1, closed: true } : null;
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

/** A line of code that ends in the closing fence. */
function gluedEnd(answer: Answer, line: number, { open, language }: FenceSetting): FenceEnd | null {
  if (open.mark !== '`' || isMarkdown(language)) return null;
  const glued = readGluedFence(answer.lines[line] ?? '');
  return glued?.info === '' ? { contentTo: line, next: line + 1, closed: true, rest: glued.before } : null;
}

/** Without nesting: up to the first fence of any length, or up to the next block, the prose before it left out. */
function flatEnd(answer: Answer, setting: FenceSetting): FenceEnd {
  const { open, limit } = setting;
  for (let line = open.line + 1; line < limit; line += 1) {
    line = answer.conflictEnd(line) ?? line;
    const fence = answer.fenceAt(line);
    const glued = fence === null ? gluedEnd(answer, line, setting) : null;
    if (glued !== null) return glued;
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
