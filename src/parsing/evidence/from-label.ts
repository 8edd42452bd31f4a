import { isBlank } from '../lines.ts';
import { verbOf } from '../name.ts';
import { type Label, readLabel } from './label.ts';
import type { Evidence, Setting } from './setting.ts';

/** The line right above the block, if it only names it: a heading, bold, a list item, a line of its own. */
export const fromLabel: Evidence = ({ above, known }) => {
  const at = labelLine(above);
  const line = above[at] ?? '';
  const label = at < 0 ? null : readLabel(line, known);
  if (label === null || isOneOfMany(above, at, label, known)) return null;
  const confidence = label.pure ? 0.95 : 0.85;
  return {
    path: label.path,
    evidence: label.form,
    confidence,
    strong: true,
    verb: verbOf(line),
    excerpt: label.excerpt,
  };
};

/** What a page leaves between a name and its block: rules, underlines, a language word, `Copy code`. */
const filler =
  /^\s*([-=*_~]{3,}|<\/?(details|summary|br|p|div)[^>]*>|copy( code)?|edit|[`*]*(python|javascript|typescript|java|html|css|json|bash|go|rust)[`*]*)\s*$/i;

export function labelLine(above: readonly string[]): number {
  return above.findLastIndex((line) => !isBlank(line) && !filler.test(line.slice(0, 100)));
}

/** The last of a list of files that are only told of does not name what follows the list. */
function isOneOfMany(
  above: Setting['above'],
  at: number,
  { form, path, pure }: Label,
  known: ReadonlySet<string>,
): boolean {
  if (form !== 'list item' && form !== 'table') return false;
  const before = above.slice(0, at).findLast((line) => !isBlank(line));
  const other = before === undefined ? null : readLabel(before, known);
  return (
    other !== null &&
    other.form === form &&
    other.path !== path &&
    !(pure && form === 'list item' && at === above.length - 1)
  );
}
