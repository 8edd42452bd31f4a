import { languageOf } from '../../languages/index.ts';
import { isBlank } from '../lines.ts';
import { readSeparator } from '../pieces/sections.ts';
import { readLabel } from './label.ts';
import { asPath } from './paths.ts';
import type { Evidence, Setting } from './setting.ts';

const comment =
  /^\s*(?:\/\/+|#+|--+|;+|%+|\/\*+|<!--+|\{#|<%[#-]+|"""|'''|REM\b|::|\(\*|\{\/\*|@\*|')\s*(.+?)\s*(?:\*+\/|-->|#\}|%>|"""|'''|\*\)|\*\/\}|\*@)?\s*$/i;
const opens = /^\s*(?:\/\*+|<!--+|"""|'''|\{#|\(\*)\s*$/;
/** What a file of its kind can only begin with. */
export const mustStandFirst =
  /^\s*(#!|<\?(php|xml)|<!doctype|['"]use (strict|client|server)['"]|# -\*-|@charset|\/\/ @ts-)/i;

/** The first line of the content, where that is a comment with a path: `# src/cart.py`, `// File: src/cart.ts`. */
export const fromComment: Evidence = (setting) => {
  const lines = setting.piece.content.split('\n', 12);
  const first = lines.findIndex((line) => !isBlank(line));
  const [line = '', next = ''] = [lines[first], lines[first + 1]];
  const magic = /^\s*%%(?:writefile|file)\s+(?:-a\s+)?(\S+)\s*$/.exec(line.slice(0, 300))?.[1];
  if (magic !== undefined) return named(asPath(magic, true), 'cell magic', 0.97, first + 1);
  const separator = readSeparator(line);
  if (separator?.decorated) return named(separator.path, 'separator line', 0.93, first + 1);
  const path = pathInComment(line, setting);
  if (path !== null) return named(path.path, 'first-line comment', 0.92, path.alone ? first + 1 : 0);
  if (opens.test(line))
    return named(
      pathInComment(`// ${next.replace(/^[\s*]*/, '')}`, setting)?.path ?? null,
      'first-line comment',
      0.85,
      0,
    );
  if (mustStandFirst.test(line)) return named(pathInComment(next, setting)?.path ?? null, 'first-line comment', 0.9, 0);
  return bareLine(line, lines.slice(first + 1), setting, first + 1);
};

const named = (path: string | null, evidence: string, confidence: number, labelLines: number) =>
  path === null ? null : { path, evidence, confidence, strong: true, verb: 'none' as const, labelLines };

function pathInComment(line: string, { known }: Setting): { path: string; alone: boolean } | null {
  if (line.length > 300 || mustStandFirst.test(line)) return null;
  const body = comment.exec(line)?.[1]?.replace(/^[@\\](file|filename|path)\b\s*/i, 'File: ');
  const label = body === undefined || /^[-*+\d]/.test(body) ? null : readLabel(body, known);
  return label === null || label.form === 'heading' ? null : { path: label.path, alone: label.pure };
}

/** A path on the first line without a comment, where the language of the block says that it can be no code. */
function bareLine(line: string, rest: readonly string[], { language }: Setting, labelLines: number) {
  const path = /^\S+$/.test(line.trim()) ? asPath(line, true) : null;
  const same = path !== null && language !== null && languageOf(path) === language && language.name !== 'text';
  return same && rest.some((text) => !isBlank(text)) ? named(path, 'first line', 0.85, labelLines) : null;
}
