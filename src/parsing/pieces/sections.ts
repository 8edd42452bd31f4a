import type { Language } from '../../languages/language.ts';
import { isCompatible } from '../compatible.ts';
import { asPath, mayHoldPath } from '../evidence/paths.ts';
import { guessLanguage } from '../guess-language.ts';
import { isBlank, lastWritten } from '../lines.ts';

/** A part of a text under a line that names it. Indices into the lines given; `to` exclusive. */
interface Section {
  path: string;
  from: number;
  to: number;
  /** The separator is more than a comment: `=== a.py ===`. */
  decorated: boolean;
}

const opener = String.raw`(?:\/\/+|#+!?|--+|;+|%+|\/\*+|<!--+|\{#|\(\*|\{\/\*|REM\b|::|\*+|"""|''')?\s*`;
const closer = String.raw`\s*(?:\*+\/|-->|#\}|\*\)|\*\/\}|"""|''')?`;
const rule = String.raw`[=\-#*~_<>+/\u2500-\u257f]{2,}`;
const title = String.raw`(?:(?:begin|start)\s+(?:of\s+)?)?(?:(?:new\s+)?file(?:\s?name|\s?path)?(?:\s*\d+)?|path)\s*[:=]?\s*`;
const decoratedForm = new RegExp(
  `^\\s*${opener}${rule}\\s*(?:${title})?([^\\s=*~<>]\\S*?)\\s*:?\\s*(?:\\(.{1,60}\\)\\s*)?(?:${rule})${closer}\\s*$`,
  'i',
);
const titledForm = new RegExp(
  `^\\s*(?:#+|\\/\\/+|--+|;+|\\/\\*+|<!--+|\\*+)?\\s*(?:\\[file(?:\\s?name)?\\s*[:=]?\\]?|<<<\\s*file:?|@@@?\\s*(?:file:?)?|>>>+\\s*(?:file:?)?|file(?:\\s?name|\\s?path)?(?:\\s*\\d+)?\\s*[:=]|\\+\\+\\+\\s*file:?)\\s*[\`"'*]*([^\\s\`"'*]+?)[\`"'*]*\\s*(?:\\]|>>>+|@@@?)?${closer}\\s*$`,
  'i',
);
const commentForm = new RegExp(`^(?:\\/\\/+|#+|--+|;+|%+|\\/\\*+|<!--+|REM|::)\\s*([^\\s]+?)${closer}\\s*$`, 'i');
const banner = new RegExp(`^\\s*${opener}${rule}${closer}\\s*$`);
const ending = /^\W{0,20}(?:end(?:\s+of)?(?:\s+file)?|eof|\/file(?:content)?)\b.{0,120}$/i;

/** The path that a separator line names. */
export function readSeparator(line: string): { path: string; decorated: boolean } | null {
  if (line.length > 200 || !mayHoldPath.test(line)) return null;
  const decorated = (decoratedForm.exec(line) ?? titledForm.exec(line))?.[1];
  const path = asPath(decorated ?? commentForm.exec(line)?.[1] ?? '', true);
  return path === null ? null : { path, decorated: decorated !== undefined };
}

/** The files of a text under separator lines; empty where fewer than `least` lines part it. */
export function sectionsOf(lines: readonly string[], least: number, language: Language | null): Section[] {
  const sections: Section[] = [];
  lines.forEach((line, index) => {
    const separator = readSeparator(line);
    if (separator === null || !standsApart(lines, index, separator.decorated)) return;
    close(sections.at(-1), lines, index);
    sections.push({ ...separator, from: afterBanner(lines, index), to: lines.length });
  });
  close(sections.at(-1), lines, lines.length);
  const parted = merged(sections, lines, language);
  return new Set(parted.map(({ path }) => path)).size < least ? [] : parted;
}

/** A path in a plain comment parts files only at the start or after an empty line. */
const standsApart = (lines: readonly string[], index: number, decorated: boolean): boolean =>
  decorated || index === 0 || isBlank(lines[index - 1] ?? '') || banner.test(lines[index - 1] ?? '');

const afterBanner = (lines: readonly string[], index: number): number =>
  banner.test(lines[index + 1] ?? 'x') ? index + 2 : index + 1;

/** A comment that only speaks of a file is no separator: what follows it is not that file, so it belongs to the section before. */
function merged(sections: readonly Section[], lines: readonly string[], language: Language | null): Section[] {
  const kept: Section[] = [];
  for (const section of sections) {
    const last = kept.at(-1);
    if (section.decorated || last === undefined || isOfItsKind(section, lines, language)) kept.push({ ...section });
    else last.to = section.to;
  }
  return kept;
}

function isOfItsKind({ path, from, to }: Section, lines: readonly string[], language: Language | null): boolean {
  const looks = guessLanguage(lines.slice(from, Math.min(to, from + 40)).join('\n'));
  return isCompatible(looks ?? (mixed.test(path) ? null : language), path);
}

/** Small files that models put below code of another language. */
const mixed = /(^|\/)(requirements[^/]*\.txt|Dockerfile|\.env[^/]*|\.gitignore|Makefile|Procfile|README\.md)$/;

function close(section: Section | undefined, lines: readonly string[], before: number): void {
  if (section === undefined) return;
  let last = lastWritten(lines, before, section.from);
  while (last >= section.from && (banner.test(lines[last] ?? '') || ending.test(lines[last] ?? '')))
    last = lastWritten(lines, last, section.from);
  section.to = Math.max(last + 1, section.from);
}
