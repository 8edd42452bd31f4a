import { posix } from 'node:path';
import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, isError } from '../schemas/finding.ts';
import { safePath } from '../validation/paths.ts';
import type { Modules } from './modules/index.ts';
import type { Import } from './modules/module.ts';

/** What a repair is about: the paths asked for, some of which may not be there yet, and the files to read for it. */
export interface Scope {
  asked: string[];
  shown: ProjectFile[];
}

/** A module that passes on what others define. */
const entry = /(?:^|\/)(?:__init__\.py|index\.[cm]?[jt]sx?)$/;
/** Imports to follow: entries that import each other by hundreds are no project's. */
const longestSearch = 1000;

/** The files with errors and those that they touch; all where that cannot be told. Warnings cost no round. */
export async function scopeOf(
  files: readonly ProjectFile[],
  findings: readonly Finding[],
  modules: Modules,
): Promise<Scope> {
  const errors = findings.filter(isError);
  const touched = await touchedBy(errors, files, modules);
  const asked = files.map(({ path }) => path).filter((path) => touched.has(path));
  const missing = missingFrom(files, errors);
  if (asked.length + missing.length === 0) return { asked: files.map(({ path }) => path), shown: [...files] };
  const shown = files.filter((file) => touched.has(file.path) || missing.some((path) => speaksOf(file, path)));
  return { asked: [...asked, ...missing], shown };
}

/** What the findings name, what the tests among that import, and what the lines they point at import. */
async function touchedBy(errors: Finding[], files: readonly ProjectFile[], modules: Modules): Promise<Set<string>> {
  const touched = new Set<string>();
  const imports: Import[] = [];
  for (const error of errors) {
    const text = `${error.message}\n${error.excerpt ?? ''}`;
    for (const file of files.filter(({ path }) => path === error.file || mentions(text, path))) {
      const isNewTest = file.type === 'test' && !touched.has(file.path);
      if (isNewTest) imports.push(...(await modules.imports(file)));
      else if (file.path === error.file) imports.push(...onLine(error.line, file, await modules.imports(file)));
      touched.add(file.path);
    }
  }
  return new Set([...touched, ...(await behind(imports, files, modules))]);
}

function onLine(line: number | null, { content }: ProjectFile, imports: Import[]): Import[] {
  if (line === null) return [];
  const starts = [0, ...[...content.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const [from = Number.POSITIVE_INFINITY, to = Number.POSITIVE_INFINITY] = starts.slice(line - 1, line + 1);
  return imports.filter(({ offset }) => offset >= from && offset < to);
}

/** The files that imports lead to, and those that the names come from where a file only passes them on. */
async function behind(imports: Import[], files: readonly ProjectFile[], modules: Modules): Promise<Set<string>> {
  const entries = new Map(files.filter(({ path }) => entry.test(path)).map((file) => [file.path, file]));
  const queue = [...imports];
  const asked = new Set<string>();
  for (const { paths, names } of queue) {
    for (const path of paths) {
      const file = entries.get(path);
      const question = [path, ...names].join();
      if (!file || asked.has(question) || queue.length > longestSearch) continue;
      asked.add(question);
      queue.push(...(await modules.imports(file)).filter((one) => overlap(one.names, names)));
    }
  }
  return new Set(queue.flatMap(({ paths }) => paths));
}

/** No names stand for all of them. */
const overlap = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === 0 || others.length === 0 || some.some((name) => others.includes(name));

/** Whether the path stands in a text as a whole: `core.py` does not stand in `tests/test_core.py`. */
function mentions(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text.slice(at + path.length, at + path.length + 2)}`;
    if (/^[^\w./-](?:$|[^\w./-]|\.(?:$|\W))/.test(around)) return true;
  }
  return false;
}

/** Paths that the checks miss, as far as an answer may hold them. */
function missingFrom(files: readonly ProjectFile[], errors: readonly Finding[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const named = new Set(errors.flatMap(({ file }) => file ?? []));
  return [...named].filter((path) => !paths.has(path) && safePath(path) === path);
}

/** Whether a file is the one that a missing test tests, or code that uses a missing file's name: it shows what is expected. */
function speaksOf({ path, type, content }: ProjectFile, missing: string): boolean {
  if (type !== 'source_code' && type !== 'test') return false;
  const stem = stemOf(missing);
  return stemOf(path) === stem || new RegExp(`\\b${stem.replace(/\W/g, '\\$&')}\\b`).test(content);
}

/** `cart` of `shop/cart.py`, `tests/test_cart.py` and `cart.test.ts`. */
const stemOf = (path: string): string =>
  posix
    .basename(path)
    .replace(/^\.+/, '')
    .replace(/\..*$/, '')
    .replace(/^test_|_test$/, '');
