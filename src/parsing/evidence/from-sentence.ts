import { glance, isBlank } from '../lines.ts';
import { type Name, verbOf } from '../name.ts';
import { folderIn, inFolder } from './folder.ts';
import { labelLine } from './from-label.ts';
import { type Label, readLabel } from './label.ts';
import { type Mention, pathsIn } from './paths.ts';
import type { Evidence } from './setting.ts';

/** The sentence that leads into the block: "Create `src/cart.ts` with:". */
export const fromSentence: Evidence = ({ above, known }) => {
  const at = labelLine(above);
  return at < 0 || readLabel(above[at] ?? '', known) !== null
    ? null
    : nameInSentence(paragraphUpTo(above, at), known, 0.8);
};

/** A heading, a name or an order further up, with only prose between it and the block. */
export const fromFurtherUp: Evidence = ({ above, known }) => {
  const upwards = above
    .slice(0, Math.max(0, labelLine(above)))
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => !isBlank(line))
    .reverse();
  for (const [seen, { line, at }] of upwards.slice(0, 20).entries()) {
    const label = readLabel(line, known);
    if (label !== null && label.form !== 'table' && (label.form !== 'list item' || seen < 4))
      return isAmongPaths(above, at, label) ? null : labelFurtherUp(label, line);
    if (/^\s*(#{1,6}\s|\*\*[^*]+\*\*:?\s*$)/.test(glance(line))) return null;
    const name = seen < 6 && !refersUp.test(glance(line)) ? nameInSentence(line, known, 0.65) : null;
    if (name?.verb === 'create') return { ...name, evidence: 'sentence further up' };
  }
  return null;
};

const labelFurtherUp = ({ path, form, excerpt }: Label, line: string): Name => ({
  path,
  evidence: `${form} further up`,
  confidence: 0.75,
  strong: false,
  verb: verbOf(line),
  excerpt,
});

/** One of a list of files names none of the blocks below the list. */
const isAmongPaths = (above: readonly string[], at: number, { form }: Label): boolean =>
  form === 'list item' &&
  [above[at - 1], above[at + 1]].some((line) => line !== undefined && readLabel(line)?.form === 'list item');

const refersUp = /^\W*(save|store|put|place|copy|paste) (this|that|the above|the code|it)\b/i;
const saving =
  /\b(?:sav(?:e|ed)|stor(?:e|ed)|put|plac(?:e|ed)|writ(?:e|ten)|past(?:e|ed)|call(?:ed)?|nam(?:e|ed)|goes|belongs|lives)\b[^.]{0,80}$/i;

/** The sentence after the block: "Save this as `app.py`." */
export const fromBelow: Evidence = ({ below, known }) => {
  const line = glance(below.find((text) => !isBlank(text)) ?? '');
  const [mention] = pathsIn(line, known);
  if (
    mention === undefined ||
    !/^\W*(save|store|put|place|this|the (above|code|file)|it|name|you can save|write|copy|paste)\b/i.test(line)
  )
    return null;
  if (!saving.test(line.slice(0, mention.from)) || !/\b(this|the above|above|it|the code|that|code|file)\b/i.test(line))
    return null;
  return { path: mention.path, evidence: 'sentence below', confidence: 0.6, strong: false, verb: 'create' };
};

function paragraphUpTo(above: readonly string[], at: number): string {
  let from = at;
  while (
    from > 0 &&
    at - from < 4 &&
    !isBlank(above[from - 1] ?? '') &&
    !/^\s*([-*+#|>]|\d+[.)])\s*/.test(above[from] ?? '')
  )
    from -= 1;
  return above
    .slice(from, at + 1)
    .map((line) => line.slice(-400))
    .join(' ')
    .slice(-600);
}

function nameInSentence(text: string, known: ReadonlySet<string>, confidence: number): Name | null {
  const sentence = lastSentence(text);
  const mentions = pathsIn(sentence, known);
  const mention = spokenOf(sentence, mentions);
  if (mention === null) return null;
  const folder = mention.path.includes('/') ? null : folderIn(sentence);
  const sure = mentions.length === 1 || new Set(mentions.map(({ path }) => path)).size === 1;
  return {
    path: inFolder(folder, mention.path),
    evidence: 'sentence',
    confidence: sure ? confidence : confidence - 0.15,
    strong: false,
    verb: verbOf(sentence),
    excerpt: mention.excerpt,
  };
}

/** The last sentence with a path; sentences end in a stop followed by a capital, since paths have stops inside. */
function lastSentence(text: string): string {
  const parts = text.split(/(?<=[.!?。][)"'`*]?)\s+(?=[`*"'(]*[\p{Lu}`])/u);
  const last = parts.at(-1) ?? '';
  return pathsIn(last).length > 0 || parts.length < 2 ? last : `${parts.at(-2)} ${last}`;
}

const before =
  /\b(creat\w*|new|sav(?:e|ing)|writ(?:e|ing)|add|nam(?:e|ed)|call(?:ed)?|put|place|open|edit|updat\w+|modif\w+|replac\w+|generat\w+|implement\w*|for|contents? of|code (?:in|to|for)|file)\b[^`]{0,60}$/i;

/** Which of several paths the sentence is about: the one after its verb, else the first. */
function spokenOf(sentence: string, mentions: readonly Mention[]): Mention | null {
  const [first] = mentions;
  if (first === undefined || mentions.length > 4) return null;
  let from = 0;
  for (const mention of mentions) {
    if (before.test(sentence.slice(from, mention.from))) return mention;
    from = mention.to;
  }
  return first;
}
