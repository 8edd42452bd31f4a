import type { ExtractedFile } from './extraction.ts';
import { isBlank } from './lines.ts';

/** What became of a file that was put to those before it. */
export type Merge = 'added' | 'replaced' | 'kept the earlier';

/**
 * Puts a file to those before it: the last whole one of a path stays, and nothing less ever replaces it. `sure`: it is
 * named for itself, not in passing.
 */
export function mergeFile(files: Map<string, ExtractedFile>, file: ExtractedFile, sure: boolean): Merge {
  const earlier = files.get(file.path);
  if (earlier === undefined) {
    files.set(file.path, file);
    return 'added';
  }
  if (!replaces(file, earlier, sure)) return 'kept the earlier';
  files.set(file.path, file);
  return 'replaced';
}

function replaces(file: ExtractedFile, earlier: ExtractedFile, sure: boolean): boolean {
  if (file.content.trim() === '') return false;
  if (earlier.partial || earlier.truncated) return !file.partial || earlier.partial;
  return !file.partial && !file.truncated && !isPartOf(file.content, earlier.content, sure);
}

/** Much shorter, and named in passing or without the beginning that both would share: a part, whatever it is called. */
function isPartOf(content: string, earlier: string, sure: boolean): boolean {
  if (content.length < earlier.length * 0.2) return true;
  const lines = writtenLines(content);
  const before = writtenLines(earlier);
  if (lines.length >= before.length * 0.6) return false;
  const begins = before.slice(0, 6).includes(lines[0] ?? '');
  return !sure || !begins || lines.length < before.length * 0.25;
}

/** Nothing but lines of the file again, and fewer of them: an explanation quotes it. */
export function quotes(earlier: string, content: string): boolean {
  if (content.length * 100 < earlier.length && earlier.length > 100_000) return false; // a thousand snippets of a huge file
  const lines = writtenLines(content).map((line) => line.trim());
  const before = writtenLines(earlier).map((line) => line.trim());
  const held = new Set(before);
  return lines.length < before.length && lines.every((line) => held.has(line));
}

const writtenLines = (text: string): string[] => text.split('\n').filter((line) => !isBlank(line));
