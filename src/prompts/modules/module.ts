import type { ProjectFile } from '../../schemas/artifact.ts';

/** One import: where it stands in UTF-16 units, the files of the project that it may mean, and the names it takes, none for all. */
export interface Import {
  offset: number;
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

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
