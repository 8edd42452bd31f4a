import type { ExtractedFile } from './extraction.ts';
import { isBlank } from './lines.ts';

/** What became of a file that was put to those before it. */
export type Merge = 'added' | 'replaced' | 'kept the earlier';

/** Puts a file to those before it: the last whole one of a path stays, and nothing less ever replaces it. */
export function mergeFile(files: Map<string, ExtractedFile>, file: ExtractedFile): Merge {
  const earlier = files.get(file.path);
  if (earlier === undefined) {
    files.set(file.path, file);
    return 'added';
  }
  if (!replaces(file, earlier)) return 'kept the earlier';
  files.set(file.path, file);
  return 'replaced';
}

function replaces(file: ExtractedFile, earlier: ExtractedFile): boolean {
  if (file.content.trim() === '') return false;
  if (earlier.partial || earlier.truncated) return !file.partial || earlier.partial;
  return !file.partial && !file.truncated && !isPartOf(file.content, earlier.content);
}

/** Much shorter, and without the beginning that both would share: a part, whatever it is called. */
function isPartOf(content: string, earlier: string): boolean {
  const [lines, before] = [content, earlier].map((text) => text.split('\n').filter((line) => !isBlank(line)));
  if (lines === undefined || before === undefined || lines.length >= before.length * 0.6) return false;
  const first = lines[0]?.trim() ?? '';
  return !before.slice(0, 6).some((line) => line.trim() === first) || before.slice(0, lines.length).every((line, index) => line === lines[index]);
}
