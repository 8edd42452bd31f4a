import { languageNamed, languageOf } from '../../languages/index.ts';
import type { Language } from '../../languages/language.ts';
import { type Info, readInfo } from '../evidence/info-string.ts';
import { readLabel } from '../evidence/label.ts';
import { glance, isBlank } from '../lines.ts';
import { looksLikeProse } from '../prose.ts';
import { type Answer, answerOf } from './answer.ts';
import type { Block } from './block.ts';
import { dedent } from './dedent.ts';
import { elementAt } from './element.ts';
import { type Effort, endOfFence } from './fence.ts';
import { type FenceLine, readGluedFence } from './fence-line.ts';
import { heredocAt } from './heredoc-at.ts';
import { markersAt } from './markers.ts';
import { reasoningAt, reasoningBefore } from './reasoning.ts';

/** The blocks of an answer, in order; what lies between them is prose. */
export function scanBlocks(lines: readonly string[]): Block[] {
  const answer = answerOf(lines);
  const blocks = scanFrom(answer, 0);
  const start = reasoningBefore(answer, blocks);
  return start === 0 ? blocks : scanFrom(answer, start);
}

function scanFrom(answer: Answer, start: number): Block[] {
  const { lines } = answer;
  const blocks: Block[] = [];
  const scan: Scan = { answer, effort: { spare: lines.length + 1000 } };
  let line = start;
  let leadFrom = line;
  while (line < lines.length) {
    const block = blockAt(scan, line, leadFrom, blocks.at(-1));
    if (block !== null) blocks.push(block);
    line = block === null ? line + 1 : Math.max(block.to, line + 1);
    if (block !== null) leadFrom = line;
  }
  return blocks;
}

interface Scan {
  answer: Answer;
  effort: Effort;
}

function blockAt(scan: Scan, line: number, leadFrom: number, before: Block | undefined): Block | null {
  const { answer } = scan;
  const text = answer.lines[line] ?? '';
  if (isBlank(glance(text))) return null;
  const lead = () => answer.lines.slice(Math.max(leadFrom, line - 60), line);
  const fence = answer.fenceAt(line);
  if (fence !== null) return isStray(answer, fence, before) ? null : fenceBlock(scan, fence, lead());
  return (
    reasoningAt(answer, line) ??
    markersAt(answer, line, lead) ??
    heredocAt(answer, line, lead) ??
    (/^\s*</.test(text) ? elementAt(answer, line, answer.lines.length, lead, before) : null) ??
    gluedBlock(scan, line, lead)
  );
}

function fenceBlock(scan: Scan, open: FenceLine, lead: readonly string[]): Block {
  const { answer } = scan;
  const limit = answer.lines.length;
  const info = readInfo(open.info);
  const glued = info.code;
  const end = endOfFence(answer, { open, language: languageOfFence(info, lead), limit, effort: scan.effort });
  const lines = [...(glued === null ? [] : [glued]), ...dedent(answer.lines.slice(open.line + 1, end.contentTo), open)];
  if (end.rest !== undefined && !isBlank(end.rest)) lines.push(end.rest);
  return {
    kind: 'fence',
    info,
    tag: null,
    from: open.line,
    to: end.next,
    content: lines.join('\n'),
    contentFrom: open.line + (glued === null ? 1 : 0),
    contentTo: end.contentTo + (end.rest === undefined ? 0 : 1),
    closed: end.closed,
    lead,
  };
}

/** What the fence holds, as far as that matters for its end: a label above may say more than a bare fence. */
function languageOfFence({ path, language }: Info, lead: readonly string[]): Language | null {
  const above = lead.findLast((line) => !isBlank(line));
  const labelled = path ?? (above === undefined ? null : (readLabel(above)?.path ?? null));
  const byName = labelled === null ? null : languageOf(labelled);
  if (language === 'diff' || language === 'patch' || language === 'udiff')
    return { name: 'diff', extensions: [], lineComments: [] };
  return byName ?? (language === null ? null : languageNamed(language));
}

/** A bare fence that opens nothing: a second closing, or one whose opening was lost. */
function isStray(answer: Answer, fence: FenceLine, before: Block | undefined): boolean {
  if (fence.info !== '' || before === undefined) return false;
  const next = answer.nextFence(fence.line + 1);
  const end = next?.line ?? answer.lines.length;
  const between = answer.lines.slice(fence.line + 1, Math.min(end, fence.line + 80));
  const doubled = before.kind === 'fence' && answer.lines.slice(before.to, fence.line).every(isBlank);
  if (between.every(isBlank)) return doubled || next === null;
  if (next?.info === '' && !doubled) return false;
  return looksLikeProse(between) || (doubled && next === null && between.length < 3);
}

function gluedBlock(scan: Scan, line: number, lead: () => readonly string[]): Block | null {
  const glued = readGluedFence(scan.answer.lines[line] ?? '');
  if (glued === null || !/[:.]\s*$/.test(glued.before) || scan.answer.nextFence(line + 1)?.info !== '') return null;
  const open: FenceLine = { line, mark: '`', length: 3, prefix: '', indent: 0, info: glued.info };
  return fenceBlock(scan, open, [...lead(), glued.before]);
}
