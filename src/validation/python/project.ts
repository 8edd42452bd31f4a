import { posix } from 'node:path';
import type { ProjectFile } from '../../schemas/artifact.ts';
import { isParsable } from '../parsable.ts';
import { foldersOf } from '../paths.ts';
import { type PythonImport, type PythonModule, readPythonModule } from './read-module.ts';

const python = /\.pyw?$/i;
/** Sources of compiled modules count as modules whose names cannot be told. */
const moduleFile = /\.(?:pyw?|pyi|pyx|pxd|so|pyd|c|cc|cpp|rs)$/i;
/** Written by a build: `service_pb2`, `_version`. */
const generated = /_pb2(?:_grpc)?$|^_/;

/** The Python files of a project as its import system may see them: any folder may be on `sys.path`. */
export class PythonProject {
  readonly files: readonly ProjectFile[];
  readonly #modules = new Map<string, ProjectFile>();
  readonly #folders = new Set<string>();
  readonly #read = new Map<ProjectFile, PythonModule | null>();

  constructor(files: readonly ProjectFile[]) {
    this.files = files.filter(({ path }) => python.test(path));
    for (const file of files.filter(({ path }) => moduleFile.test(path))) {
      const path = modulePath(file.path);
      if (!this.#modules.has(path) || python.test(file.path)) this.#modules.set(path, file);
      for (const folder of ['', ...foldersOf(file.path)]) this.#folders.add(folder);
    }
  }

  /** Null where a file cannot be read: what it holds is then unknown. */
  read(file: ProjectFile): PythonModule | null {
    const known = this.#read.get(file);
    if (known !== undefined) return known;
    const module = isParsable(file) ? readPythonModule(file) : null;
    this.#read.set(file, module);
    return module;
  }

  /** Whether any folder has this top-level module or package. */
  hasTop(name: string): boolean {
    return this.#roots(name).length > 0;
  }

  /** Whether every module of this name lies inside a package, where an absolute import does not look. */
  hidesTop(name: string): boolean {
    return this.#roots(name).every((root) => this.#modules.has(root));
  }

  /** Whether one of these folders has it as a module or a package with `__init__.py`, which win over installed ones. */
  ownsTop(name: string, folders: readonly string[]): boolean {
    return folders.some((folder) => this.#modules.has(posix.join(folder, name)));
  }

  /** Each module of the project that an import may mean; null where it leaves the project. */
  locate({ level, module }: PythonImport, importer: ProjectFile): string[] | null {
    if (level === 0)
      return this.#roots(module[0] ?? '')
        .map((root) => posix.join(root, ...module))
        .filter((path) => this.#exists(path));
    const base = posix.normalize(posix.join(posix.dirname(importer.path), '../'.repeat(level - 1), ...module));
    if (base.startsWith('..')) return null;
    const path = base === '.' ? '' : base.replace(/\/$/, '');
    return this.#exists(path) ? [path] : [];
  }

  /** Whether `from path import name` may work. */
  defines(path: string, name: string, seen: ReadonlySet<string> = new Set()): boolean {
    if (this.#exists(posix.join(path, name)) || /^__\w+__$/.test(name) || generated.test(name)) return true;
    const file = this.#modules.get(path);
    if (!file) return generated.test(posix.basename(path)); // a folder without __init__.py holds modules only
    const module = python.test(file.path) ? this.read(file) : null;
    if (module === null || module.dynamic || module.names.has(name)) return true;
    return module.imports
      .filter(({ names }) => names?.includes('*'))
      .some((star) => this.#passesOn(star, file, name, new Set([...seen, path])));
  }

  /** A file that another could import the name from, for a hint. */
  definer(name: string, importer: ProjectFile): string | null {
    const others = this.files.filter((file) => file !== importer && file.type !== 'test');
    return others.find((file) => this.read(file)?.names.has(name))?.path ?? null;
  }

  #passesOn(star: PythonImport, file: ProjectFile, name: string, seen: ReadonlySet<string>): boolean {
    const origins = this.locate(star, file);
    if (origins === null || origins.length === 0) return true; // another package's names are not known
    return origins.some((origin) => !seen.has(origin) && this.defines(origin, name, seen));
  }

  #exists(path: string): boolean {
    return this.#modules.has(path) || this.#folders.has(path) || generated.test(posix.basename(path));
  }

  #roots(top: string): string[] {
    return [...this.#folders].filter((folder) => {
      const path = posix.join(folder, top);
      return this.#modules.has(path) || this.#folders.has(path);
    });
  }
}

/** `a/b.py` and `a/b/__init__.py` are both `a/b`; `b.cpython-312.so` is `b`. */
function modulePath(path: string): string {
  const name = posix.basename(path).replace(/\..*$/, '');
  const folder = posix.dirname(path).replace(/^\.$/, '');
  return name === '__init__' ? folder : posix.join(folder, name);
}
