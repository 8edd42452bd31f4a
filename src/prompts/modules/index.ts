import type { ProjectFile } from '../../schemas/artifact.ts';
import { javascriptModules } from './javascript.ts';
import type { Import, ModuleReader } from './module.ts';
import { pythonModules } from './python.ts';

/** Every language whose modules can be read. */
const languages = [pythonModules, javascriptModules];

/** The modules of a project, each read once; files in other languages import nothing and have no outline. */
export function modulesOf(files: readonly ProjectFile[]): Omit<ModuleReader, 'reads'> {
  const readers = languages.map((language) => language(files));
  const readerOf = ({ path }: ProjectFile) => readers.find(({ reads }) => reads(path));
  const read = new Map<ProjectFile, Import[]>();
  return {
    async imports(file) {
      const imports = read.get(file) ?? (await readerOf(file)?.imports(file)) ?? [];
      read.set(file, imports);
      return imports;
    },
    outline: async (file) => readerOf(file)?.outline(file) ?? [],
  };
}

export type Modules = ReturnType<typeof modulesOf>;
