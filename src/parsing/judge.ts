import { languageNamed, languageOf } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
import { isCompatible } from './compatible.ts';
import { type CreatedFile, type Edit, readEdits } from './edits.ts';
import { elidedAt, fragmentReason } from './fragments.ts';
import { guessLanguage } from './guess-language.ts';
import { isBlank } from './lines.ts';
import type { Name } from './name.ts';
import { announcesSample, looksLikeDiagram, looksLikeShell, looksLikeTree, shownTags } from './not-files.ts';
import type { Piece } from './pieces/piece.ts';

/** What a piece is taken for. */
export type Reading =
  | { kind: 'file'; piece: Piece; name: Name; content: string; labelLines: number; partial: string | null }
  | { kind: 'edits'; piece: Piece; edits: Edit[]; created: CreatedFile[] }
  | { kind: 'unnamed'; piece: Piece; language: Language }
  | { kind: 'none' };

const none: Reading = { kind: 'none' };

export function judge(piece: Piece, name: Name | null): Reading {
  const lines = piece.content === '' ? [] : piece.content.replace(/\n$/, '').split('\n');
  const isPatchFile = /\.(patch|diff)$/.test(name?.path ?? '');
  const edits = isPatchFile ? null : readEdits(lines, piece.from, piece.tag, name?.path ?? null);
  if (edits !== null) return { kind: 'edits', piece, ...edits };
  if (name === null) return unnamed(piece, lines);
  if (name.excerpt || (name.verb === 'show' && !isBundled(name))) return none;
  return isShown(piece, lines, name) ? none : file(piece, lines, name);
}

const partOf = ({ part }: Name): string | null => {
  if (part === 'append') return 'it is to be added to the file';
  return part === 'replacement' ? 'it is to take the place of some lines' : null;
};

const isBundled = ({ evidence }: Name): boolean => evidence === 'heredoc' || evidence === 'JSON key';

/** Whether something is shown under the name rather than given: commands, output, a tree, another language. */
function isShown(piece: Piece, lines: readonly string[], name: Name): boolean {
  const language = languageOfTag(piece.tag);
  const isText = /\.(md|txt|rst|adoc|sh|bash|bat|ps1|ya?ml|gitignore)$|(^|\/)[^./]+$/.test(name.path);
  if (piece.given !== null || (name.confidence > 0.9 && language !== null && language === languageOf(name.path)))
    return false;
  if (!isText && (looksLikeShell(lines) || looksLikeTree(lines))) return true;
  if (name.strong && name.confidence > 0.84) return false;
  if (shownTags.has(piece.tag ?? '') || name.verb === 'run' || !isCompatible(language, name.path)) return true;
  if (language === null && !isCompatible(guessLanguage(piece.content), name.path)) return true;
  return looksLikeShell(lines) || looksLikeTree(lines) || looksLikeDiagram(lines);
}

function file(piece: Piece, lines: readonly string[], name: Name): Reading {
  const labelLines = labelLinesToDrop(lines, name);
  const kept = lines.slice(labelLines);
  const elided = elidedAt(kept, name.path);
  const reason =
    elided === null
      ? fragmentReason(kept, name.path)
      : `it leaves something out at "${(kept[elided] ?? '').trim().slice(0, 60)}"`;
  const insertion = !name.strong && name.verb === 'edit' && isInsertion(kept, name.path);
  const content = kept.length === 0 ? '' : `${kept.join('\n')}\n`;
  return {
    kind: 'file',
    piece,
    name,
    content,
    labelLines,
    partial: reason ?? (insertion ? 'it is lines to be put into the file' : partOf(name)),
  };
}

/** Under "add this to `app.py`": a few lines, or code that begins as no source file does. */
function isInsertion(lines: readonly string[], path: string): boolean {
  const written = lines.filter((line) => !isBlank(line));
  if (written.length < 4) return true;
  const language = languageOf(path);
  if (language === null || language.kind !== undefined || !started.has(language.name)) return false;
  return !/^\s*(["'`/#*@<]|(import|from|package|using|use|module|namespace|const|let|var|export|class|def|function|async|public|type|interface|enum|abstract|final|struct|require)\b)/.test(
    written[0] ?? '',
  );
}

const started: ReadonlySet<string> = new Set([
  'python',
  'javascript',
  'typescript',
  'java',
  'csharp',
  'kotlin',
  'php',
  'go',
  'rust',
  'ruby',
]);

/** A comment that named the file goes where it is nothing but the name; the blank line after it too. */
function labelLinesToDrop(lines: readonly string[], { labelLines = 0 }: Name): number {
  if (labelLines === 0 || labelLines >= lines.length) return labelLines >= lines.length ? 0 : labelLines;
  return isBlank(lines[labelLines] ?? '') ? labelLines + 1 : labelLines;
}

const languageOfTag = (tag: string | null): Language | null => (tag === null ? null : languageNamed(tag));

/** Code without a name is worth asking about where it looks like a whole file; commands, samples and snippets are not. */
function unnamed(piece: Piece, lines: readonly string[]): Reading {
  const language = languageOfTag(piece.tag) ?? (piece.tag === null ? guessLanguage(piece.content) : null);
  if (language === null || shownTags.has(piece.tag ?? '') || announcesSample(lastSaid(piece.block.lead))) return none;
  const written = lines.filter((line) => !isBlank(line));
  if (written.length < 3 || (spoken.has(language.name) && !/^#!/.test(written[0] ?? ''))) return none;
  if (looksLikeShell(lines) || looksLikeTree(lines) || looksLikeDiagram(lines)) return none;
  const path = `x${language.extensions[0] ?? ''}`;
  const whole = elidedAt(lines, path) === null && fragmentReason(lines, path) === null;
  return whole ? { kind: 'unnamed', piece, language } : none;
}

/** Languages in which an answer speaks to its reader more often than it gives a file. */
const spoken: ReadonlySet<string> = new Set(['bash', 'batch', 'powershell', 'text', 'csv', 'markdown']);

const lastSaid = (lead: readonly string[]): string => (lead.findLast((line) => !isBlank(line)) ?? '').slice(-300);
