import type { ProjectFile } from '../../schemas/artifact.ts';
import { parseModule } from '../../validation/javascript/parser.ts';
import { JavaScriptProject, javascriptFile } from '../../validation/javascript/project.ts';
import { isParsable } from '../../validation/parsable.ts';
import { type ModuleReader, oneLine } from './module.ts';

export function javascriptModules(files: readonly ProjectFile[]): ModuleReader {
  const project = new JavaScriptProject(files, new Map());
  const parse = async (file: ProjectFile) => (isParsable(file) ? parseModule(file) : null);
  const pathsOf = (specifier: string, importer: string) => {
    const path = specifier.startsWith('.') ? project.resolve(specifier, importer) : null;
    return path ? [path] : [];
  };
  return {
    reads: (path) => javascriptFile.test(path),
    imports: async (file) =>
      ((await parse(file))?.imports ?? []).map(({ specifier, offset, names }) => ({
        offset,
        paths: pathsOf(specifier, file.path),
        names: names.map(({ name }) => name),
      })),
    outline: async (file) => signatures(file.content, (await parse(file))?.exports?.names ?? []),
  };
}

const declared =
  /^export\s+(?:default\s+)?(?:declare\s+)?((?:async\s+)?(?:abstract\s+)?(?:function\s*\*?|class|const|let|var|interface|type|enum)\s+([\p{L}_$][\p{L}\p{N}_$]*)[^\n]{0,300})/gmu;

/** What the parser says is exported, each with the head of its declaration where one begins a line. */
function signatures(content: string, exported: readonly string[]): string[] {
  const heads = new Map([...content.matchAll(declared)].map(([, head = '', name = '']) => [name, headOf(head)]));
  return exported.map((name) => heads.get(name) ?? name);
}

/** Up to the body of a function or class, or the value of anything else. */
const headOf = (head: string): string =>
  oneLine(
    head
      .replace(/^((?:const|let|var|type)\s[^=(]*?)\s*=(?!>)(?!\s*(?:async\s*)?\().*/, '$1')
      .replace(/\s*(?:=>|\{).*$|;\s*$/, ''),
  );
