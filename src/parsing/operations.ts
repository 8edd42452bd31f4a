import type { Edit } from './edits.ts';
import { asPath, pathsIn } from './evidence/paths.ts';
import { glance } from './lines.ts';

const deletion =
  /^\W*(?:\d+[.)]\s*)?(?:please\s+|then\s+|now\s+|you can\s+|finally,?\s+)?(?:delete|remove|drop)\s+(?:the\s+)?(?:(?:old|obsolete|unused|now)\s+)?(?:files?\s*:?\s*)?(?=[`*"]*[\w./@-]+\.\w)/i;
const renaming =
  /^\W*(?:\d+[.)]\s*)?(?:please\s+|then\s+|now\s+)?(?:rename|move)\s+(?:the\s+)?(?:file\s+)?(?=[`*"]*[\w./@-]+\.\w)/i;
const tagOperation = /^\s*<([\w-]*(?:delete|remove|rename|move)[\w-]*)\s([^<>]{1,500})\/?>/i;
const attributeValue = /[\w-]{1,40}\s?=\s?["']([^"']{1,300})["']/g;
const command = /^\s*\$?\s*(?:git\s+)?(rm|mv)\s+(?:-\w+\s+)*(\S+)(?:\s+(\S+))?\s*$/;

/** A deletion or renaming that a line of the answer asks for: in a tag, a sentence or a command. */
function readOperation(line: string, number: number): Edit | null {
  const text = glance(line);
  if (!/^[\s\W\d]*[a-z<]/i.test(text) || !/delete|remove|drop|rename|move|mv |rm /i.test(text)) return null;
  return fromTag(text, number) ?? fromCommand(text, number) ?? fromSentence(text, number);
}

const operation = (from: string | null, to: string | null, renames: boolean, line: number): Edit | null => {
  const lines = { from: line, to: line };
  if (from === null) return null;
  if (!renames) return { kind: 'delete', path: from, lines };
  return to === null ? null : { kind: 'rename', path: from, to, lines };
};

function fromTag(text: string, line: number): Edit | null {
  const [, name = '', attributes = ''] = tagOperation.exec(text) ?? [];
  const [from = null, to = null] = [...attributes.matchAll(attributeValue)]
    .map(([, value = '']) => asPath(value, true))
    .filter((path) => path !== null);
  return name === '' ? null : operation(from, to, /rename|move/i.test(name) && !/remove/i.test(name), line);
}

function fromCommand(text: string, line: number): Edit | null {
  const [, verb, from = '', to = ''] = command.exec(text) ?? [];
  return verb === undefined ? null : operation(asPath(from, true), asPath(to, true), verb === 'mv', line);
}

/** Only where the line is an order and its path comes first: "Delete `src/old.ts`, it is not used any more." */
function fromSentence(text: string, line: number): Edit | null {
  const renames = renaming.test(text);
  if (!renames && !deletion.test(text)) return null;
  const [from, to] = pathsIn(text);
  if (from === undefined || !/^[\W\d]*(\w+\s+){0,6}\W*$/.test(text.slice(0, from.from))) return null;
  return /^\W*(in|from|and|function|import)\b/i.test(text.slice(from.to))
    ? null
    : operation(from.path, to?.path ?? null, renames, line);
}

/** The operations that stand in the prose of an answer, outside its blocks. */
export function operationsIn(lines: readonly string[], blocks: readonly { from: number; to: number }[]): Edit[] {
  const edits: Edit[] = [];
  let line = 0;
  for (const block of [...blocks, { from: lines.length, to: lines.length }]) {
    for (; line < block.from; line += 1) {
      const edit = readOperation(lines[line] ?? '', line + 1);
      if (edit !== null) edits.push(edit);
    }
    line = Math.max(line, block.to);
  }
  return edits;
}
