import type { ProjectFile } from '../../schemas/artifact.ts';

/** One import: the line it stands on, the files of the project that it may mean, and the names it takes, none for all. */
export interface Import {
  line: number;
  paths: string[];
  names: string[];
}

/** What the modules of one language are read for. A file that cannot be read imports nothing and has no outline. */
export interface ModuleReader {
  reads(path: string): boolean;
  imports(file: ProjectFile): Promise<Import[]>;
  /** Its top-level names with signatures, as `def add(a: int) -> int`. */
  outline(file: ProjectFile): Promise<string[]>;
}

/** Lines by offset, counted from 1. */
export function lineFinder(content: string): (offset: number) => number {
  const ends = [...content.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => ends.findLastIndex((end) => end < offset) + 2;
}

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
