import { posix } from 'node:path';
import type { ProjectFile } from '../../schemas/artifact.ts';
import { isParsable } from '../../validation/parsable.ts';
import { PythonProject } from '../../validation/python/project.ts';
import type { PythonImport } from '../../validation/python/read-module.ts';
import { pythonTokens, type Token } from '../../validation/ruff.ts';
import { type ModuleReader, oneLine } from './module.ts';

export function pythonModules(files: readonly ProjectFile[]): ModuleReader {
  const project = new PythonProject(files);
  const paths = new Set(files.map(({ path }) => path));
  const filesOf = (module: string) =>
    [`${module}.py`, posix.join(module, '__init__.py')].filter((path) => paths.has(path));
  /** A name may be a module of its own; only for other names does the package's own file matter. */
  const pathsOf = (imported: PythonImport, importer: ProjectFile) =>
    (project.locate(imported, importer) ?? []).flatMap((module) => {
      const inside = (imported.names ?? []).map((name) => filesOf(posix.join(module, name)));
      const isAllInside = inside.length > 0 && inside.every(({ length }) => length > 0);
      return [...(isAllInside ? [] : filesOf(module)), ...inside.flat()];
    });
  return {
    reads: (path) => /\.pyw?$/i.test(path),
    imports: async (file) =>
      (project.read(file)?.imports ?? []).map((imported) => ({
        offset: imported.offset,
        paths: pathsOf(imported, file),
        names: imported.names?.filter((name) => name !== '*') ?? [],
      })),
    outline: async (file) => (isParsable(file) ? declarations(file.content) : []),
  };
}

/** Functions, classes and assigned names of the module itself, but those that begin with an underscore. */
function declarations(content: string): string[] {
  const tokens = (pythonTokens(content) ?? []).filter(({ kind }) => !/^(?:NonLogicalNewline|Comment)$/.test(kind));
  const found: string[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += Number(token.kind === 'Indent') - Number(token.kind === 'Dedent');
    const starts = index === 0 || /^(?:Newline|Semi|Indent|Dedent)$/.test(tokens[index - 1]?.kind ?? '');
    if (depth === 0 && starts) found.push(...declaration(tokens.slice(index, index + 200), content));
  }
  return found;
}

function declaration(tokens: readonly Token[], content: string): string[] {
  const [first, second] = tokens;
  const keyword = first?.kind === 'Async' ? 1 : 0;
  if (/^(?:Def|Class)$/.test(tokens[keyword]?.kind ?? '')) {
    const end = tokens.at(headEnd(tokens))?.offset; // where there is no colon, at the last token
    return isPrivate(tokens[keyword + 1]) ? [] : [oneLine(content.slice(first?.offset, end))];
  }
  return first?.kind === 'Identifier' && /^(?:Equal|Colon)$/.test(second?.kind ?? '') && !isPrivate(first)
    ? [first.text]
    : [];
}

const isPrivate = (name: Token | undefined): boolean => name?.text.startsWith('_') ?? false;

/** The colon that ends a head, outside of its brackets. */
function headEnd(tokens: readonly Token[]): number {
  let depth = 0;
  return tokens.findIndex(({ kind }) => {
    depth += Number(/^L(?:par|sqb|brace)$/.test(kind)) - Number(/^R(?:par|sqb|brace)$/.test(kind));
    return kind === 'Colon' && depth === 0;
  });
}
