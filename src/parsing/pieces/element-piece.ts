import { languageNamed } from '../../languages/index.ts';
import type { Block, Tag } from '../blocks/block.ts';
import { readInfo } from '../evidence/info-string.ts';
import { asContent } from '../lines.ts';
import type { Verb } from '../name.ts';
import { given, type Piece, pieceOf } from './piece.ts';
import { unwrapped } from './unwrap.ts';

const editing = /edit|patch|diff|replace|modify|search|update|append|insert/i;
const replacing = /^(new_str|new_string|new_code|replace|replacement|insert|diff)$/i;
const showing = /^(old_str|old_string|old_code|search|read|view|open|show|document|source|context|existing|example)/i;

/** The file that a tag with a path holds. */
export function elementPiece(block: Block, tag: Tag, path: string): Piece {
  const { lines, shift, closed } = unwrapped(block.content.split('\n'), path);
  const from = block.contentFrom + shift;
  return pieceOf(block, {
    content: asContent(lines),
    from,
    to: from + lines.length,
    tag: null,
    given: {
      ...given(path, `<${tag.name}> tag`, 0.97, verbOfTag(tag)),
      ...(replacing.test(tag.name) ? { part: 'replacement' } : {}),
    },
    cut: !block.closed || !closed,
  });
}

function verbOfTag({ name, attributes }: Tag): Verb {
  if (editing.test(name) || /edit|patch|update|modify/i.test(attributes['type'] ?? '')) return 'edit';
  return showing.test(name) ? 'show' : 'create';
}

/** A tag that stands for a fence, `<source>python`, as the fence: what follows it on its line is the info string. */
export function fenceOfElement(block: Block): Block {
  const { lines, shift } = unwrapped(block.content.split('\n'), null);
  const [first = ''] = lines;
  const named =
    block.contentFrom === block.from && (languageNamed(first.trim()) !== null || /^\s*<code\b[^>]*>\s*$/.test(first));
  const { attributes = {} } = block.tag ?? {};
  const language = named
    ? (/language-([\w+#-]+)/.exec(first)?.[1] ?? first.trim())
    : (attributes['language'] ?? attributes['lang'] ?? '');
  const code = named ? lines.slice(1) : [...lines];
  code.push((code.pop() ?? '').replace(/<\/code>\s*$/, ''));
  return {
    ...block,
    kind: 'fence',
    info: readInfo(language),
    content: code.join('\n'),
    contentFrom: block.contentFrom + shift + (named ? 1 : 0),
  };
}
