import { glance } from '../lines.ts';
import { asPath, type Mention, mayHoldPath, pathsIn } from './paths.ts';

/** A line that stands there to name what follows it. */
export interface Label {
  path: string;
  form: 'heading' | 'bold' | 'list item' | 'table' | 'line';
  /** Nothing but the path and words such as `File:` or `Create`. */
  pure: boolean;
  excerpt: boolean;
}

const listMarker = /^\s*(?:[-*+•‣◦▪→➡➜▸>]|\(?\d{1,3}[.):]|\(?[a-zA-Z][.)])\s+/;
const idleWords =
  /^(the|a|an|of|for|in|to|at|is|and|as|with|here|new|file|files|filename|filepath|name|path|code|source|full|complete|entire|final|whole|updated?|modified|revised|corrected|fixed|improved|refactored|created?|add|write|save|edit|step|part|section|contents?|implementation|main|entry|point|entrypoint|module|class|component|script|tests?|unit|config|configuration|optional|required|root|version|now|then|first|next|finally|following|below|this|language|package|document|documentation|datei|fichier|archivo|文件|文件名|创建|代码|代碼|ファイル|ファイル名|файл|파일|\d+)$/i;

export const isLabel = (line: string): boolean => readLabel(line) !== null;

/** The one path that a line names, if it is a label and not a sentence. */
export function readLabel(line: string, known?: ReadonlySet<string>): Label | null {
  const text = glance(line).trim();
  if (line.length > 400 || (!mayHoldPath.test(text) && !known?.has(text))) return null;
  const form = formOf(text);
  const body = withoutMarks(text);
  const whole = wholePath(body, known);
  if (whole !== null) return { path: whole, form, pure: true, excerpt: false };
  const mentions = pathsIn(body, known);
  const [mention] = mentions;
  if (mention === undefined || new Set(mentions.map(({ path }) => path)).size > 1) return null;
  const rest = wordsAround(body, mention);
  const pure = rest.every((word) => idleWords.test(word));
  if (!pure && !namesMainly(form, body, mention, rest)) return null;
  return { path: mention.path, form, pure, excerpt: mention.excerpt };
}

/** A line that is nothing but the path, marks aside, may name what in running text would be a word: `LICENSE`. */
function wholePath(body: string, known: ReadonlySet<string> | undefined): string | null {
  const alone = body.replace(/^(?:\*\*|[*`"'])+|(?:\*\*|[*`"':：])+$/g, '');
  if (known?.has(alone)) return alone;
  return /\s/.test(alone) ? null : asPath(alone, true);
}

function formOf(text: string): Label['form'] {
  if (/^#{1,6}\s*\S|^<h\d/i.test(text)) return 'heading';
  if (/^\|.*\|$/.test(text)) return 'table';
  if (listMarker.test(text)) return 'list item';
  return /^\*\*.*\*\*\W*$|^__.*__\W*$|^<(b|strong|summary)>/i.test(text) ? 'bold' : 'line';
}

const withoutMarks = (text: string): string =>
  text
    .replace(/^(?:>\s*)+/, '')
    .replace(/^#{1,6}\s*/, '')
    .replace(listMarker, '')
    .replace(/^\[[ xX]\]\s+/, '')
    .replace(/\s+#+$/, '')
    .replace(/<\/?(?:summary|details|h\d|b|strong|p|em|i|u)\b[^>]{0,80}>/gi, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/^\|\s*|\s*\|$/g, '')
    .trim();

function wordsAround(body: string, { from, to }: Mention): string[] {
  const rest = `${body.slice(0, from)} ${body.slice(to)}`;
  return rest
    .replace(/\([^)]*\)|<[^>]*>/g, (group) => (group.length < 30 ? ' ' : group))
    .split(/[^\p{L}\p{N}'’]+/u)
    .filter((word) => word !== '');
}

/** A heading or a bold line names what it mentions; elsewhere the path comes first and a mark parts it from the rest. */
function namesMainly(
  form: Label['form'],
  body: string,
  { from, to, marked }: Mention,
  rest: readonly string[],
): boolean {
  if (
    /\b(run(ning)?|execut\w+|install\w*|explanation|usage of|output of|how|why|explain\w*|notes?|delete[ds]?|remove[ds]?|rename[ds]?)\b/i.test(
      body.slice(0, from),
    )
  )
    return false;
  if (form === 'heading') return rest.length <= 10;
  if (form === 'bold') return rest.length <= 8;
  const lead = body.slice(0, from).replace(/[^\p{L}]/gu, '');
  const parted = /^\W*(?:\*\*)?\s*(?:[:：(–—|-]|$)/u.test(body.slice(to)) || /[:：]\W*$/.test(body.slice(from, to));
  return (
    (lead === '' && parted && rest.length <= 24) ||
    (marked && /^\s*[:：]?\**$/.test(body.slice(to)) && rest.length <= 3 && !/[.?!]$/.test(body))
  );
}
