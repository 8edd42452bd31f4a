import { asPath } from '../evidence/paths.ts';
import type { Answer } from './answer.ts';
import type { Tag } from './block.ts';

const pathAttributes = [
  'filepath',
  'file_path',
  'file-path',
  'path',
  'filename',
  'file_name',
  'file',
  'target_file',
  'targetfile',
  'target',
  'relative_path',
  'name',
  'args',
  'to',
  'title',
  'identifier',
  'id',
  'source',
  'src',
];
const opening =
  /^\s*(?:<!\[CDATA\[)?((?:<[^<>]{1,600}>\s*)*?)<([A-Za-z][\w.:/-]{0,80})((?:\s[^<>]{0,600}|=[\w-]{1,60})?)>/;

/** The path that the attributes of a tag, or its own name, give to its content. */
export function pathOfTag({ name, attributes }: Tag): string | null {
  for (const attribute of pathAttributes) {
    const value = attributes[attribute];
    if (value === undefined) continue;
    const path = asPath(value, !['name', 'title', 'id', 'identifier', 'source', 'src', 'args'].includes(attribute));
    if (path !== null) return path;
  }
  return name.includes('.') ? asPath(name, true) : null;
}

/** An opening tag where it stands. */
export interface Opening {
  tag: Tag;
  /** Where the tag ends: the index of its last line, and the column after it. */
  line: number;
  column: number;
}

/** The opening tag that a line begins with, on up to six lines. */
export function openingTag(answer: Answer, line: number): Opening | null {
  const first = answer.lines[line] ?? '';
  if (!/^\s*(<!\[CDATA\[)?<[A-Za-z]/.test(first.slice(0, 200))) return null;
  for (let last = line; last < line + 6 && last < answer.lines.length; last += 1) {
    const text = answer.lines
      .slice(line, last + 1)
      .join('\n')
      .slice(0, 2000);
    const found = innermost(text);
    if (found !== null)
      return { tag: found.tag, line: last, column: found.end - (text.lastIndexOf('\n', found.end - 1) + 1) };
    if (text.includes('>')) return null;
  }
  return null;
}

/** The last tag of those that open one after another, `<action><file path="a.ts">`, that has a path; else the first. */
function innermost(text: string): { tag: Tag; end: number } | null {
  let offset = 0;
  let first: { tag: Tag; end: number } | null = null;
  for (let count = 0; count < 5; count += 1) {
    const match = opening.exec(text.slice(offset));
    if (match === null || match[0].endsWith('/>')) break;
    const tag = { name: match[2] ?? '', attributes: attributesOf(match[3] ?? '') };
    const found = { tag, end: offset + match[0].length };
    if (pathOfTag(tag) !== null) return found;
    first ??= found;
    offset = found.end;
  }
  return first;
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  if (text.startsWith('=')) attributes['name'] = text.slice(1);
  for (const [, name = '', a, b, c] of text.matchAll(
    /([\w:-]{1,40})\s?=\s?(?:"([^"]*)"|'([^']*)'|\{?["'`]?([^\s"'`{}>]+))/g,
  )) {
    attributes[name.toLowerCase()] ??= a ?? b ?? c ?? '';
  }
  return attributes;
}
