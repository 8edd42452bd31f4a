import { type Finding, FindingStage } from '../schemas/finding.ts';
import { cutMiddle, shortened } from './excerpt.ts';
import { code, fence, inline } from './section.ts';

/**
 * Room for one failure with its message, output and code, at most some 7,000 characters, and as much again beside it.
 * More than that buries the first cause, and is paid for in every further round.
 */
const findingsTokens = 4000;
const charactersPerToken = 4;

/** In characters: the first line of a message, in full and where a finding is only named. */
const longestHead = 600;
const longestName = 200;

/** Findings by importance within a budget: in full, further failures of tests by name, and a count of what is left out. */
export function describeFindings(findings: readonly Finding[], tokens = findingsTokens): string {
  const all = inOrder(findings);
  const firstFailure = all.findIndex(({ stage }) => stage === 'testing');
  const told: string[] = [];
  const characters = tokens * charactersPerToken;
  let room = characters;
  for (const [index, one] of all.entries()) {
    const isFurther = one.stage === 'testing' && index > firstFailure;
    const texts = [...(isFurther ? [] : [inFull(one, characters / 4)]), named(one)];
    const text = texts.find(({ length }) => length <= room) ?? (index === 0 ? texts.at(-1) : undefined);
    if (text === undefined) break;
    told.push(`${index + 1}. ${text}`);
    room -= text.length;
  }
  const leftOut = all.length - told.length;
  return [...told, ...(leftOut > 0 ? [`${leftOut} more left out; mend these first.`] : [])].join('\n\n');
}

/** Errors before warnings, and causes before consequences: the stages stand in the order in which they are asked. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((one) => [JSON.stringify([one.code, one.file, one.line, one.message]), one]));
  const rank = ({ severity, stage }: Finding) =>
    ['error', 'warning', 'info'].indexOf(severity) * 10 + FindingStage.options.indexOf(stage);
  return [...unique.values()].sort((a, b) => rank(a) - rank(b));
}

/** The message's first line on the item's own; the rest of it and the excerpt are quoted, whatever they hold. */
function inFull(one: Finding, longestBlock: number): string {
  const { head, rest } = partsOf(one.message);
  const blocks = [rest, one.excerpt ?? ''].filter((text) => text.trim() !== '');
  return [title(one, head, longestHead), ...blocks.map((text) => fence(shortened(text, longestBlock)))].join('\n\n');
}

const named = (one: Finding): string => title(one, partsOf(one.message).head, longestName);

function partsOf(message: string): { head: string; rest: string } {
  const [head = '', ...rest] = message.trim().split('\n');
  return { head, rest: rest.join('\n') };
}

const title = (one: Finding, head: string, longest: number): string =>
  `**${one.code}** ${place(one)}${cutMiddle(inline(head), longest)}`;

function place({ file, line, column }: Finding): string {
  if (file === null) return '';
  const position = [line, column].filter((part) => part !== null).join(':');
  return `in ${code(file)}${position ? ` at ${position}` : ''}: `;
}
