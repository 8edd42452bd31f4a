import type { ProjectFile } from '../schemas/artifact.ts';
import type { Finding } from '../schemas/finding.ts';
import { redact } from './secrets.ts';

type Place = Pick<Finding, 'file' | 'line' | 'column' | 'excerpt'>;

/** Minified code has lines of a megabyte. */
const longestExcerpt = 200;

/** A place in a file by line and column, both from 1, with that line as its excerpt. */
export function placeAt({ path, content }: ProjectFile, line: number, column: number): Place {
  const text = content.split(/\r\n|\r|\n/)[line - 1] ?? '';
  return { file: path, line, column, excerpt: excerptAround(text, column) };
}

/** The same by an offset in UTF-16 units. */
export function placeOf(file: ProjectFile, offset: number): Place {
  const before = file.content.slice(0, offset).split(/\r\n|\r|\n/);
  return placeAt(file, before.length, (before.at(-1) ?? '').length + 1);
}

/** The offset of a line and column, both from 1. */
export function offsetAt({ content }: ProjectFile, line: number, column: number): number {
  const ends = [...content.matchAll(/\r\n|\r|\n/g)];
  const before = ends[line - 2];
  return (before ? before.index + before[0].length : 0) + column - 1;
}

function excerptAround(text: string, column: number): string | null {
  const from = Math.max(0, Math.min(column - 1 - longestExcerpt / 2, text.length - longestExcerpt));
  return (
    redact(text)
      .slice(from, from + longestExcerpt)
      .trimEnd() || null
  );
}
