import { languageOf } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
import type { Clues, Nameless } from './unnamed.ts';

/** The file that another file imports, where this block defines what it imports from it. */
export function importedPath({ piece, language }: Nameless, files: Clues['files']): string | undefined {
  for (const file of files) {
    if (languageOf(file.path) !== language) continue;
    for (const { path, names } of importsOf(file.path, file.content, language)) {
      if (names.length > 0 && names.every((name) => defines(piece.content, name))) return path;
    }
  }
  return undefined;
}

const defines = (content: string, name: string): boolean =>
  new RegExp(
    `^(export\\s+)?(default\\s+)?(async\\s+)?(def|class|function|const|let|var|interface|type|enum)\\s+${escaped(name)}\\b|^${escaped(name)}\\s*(:.*)?=`,
    'm',
  ).test(content);

function importsOf(path: string, content: string, language: Language): { path: string; names: string[] }[] {
  const text = content.slice(0, 20_000);
  if (language.name === 'python') {
    return [...text.matchAll(/^from ([a-zA-Z_][\w.]{0,120}) import \(?([\w, \t]{1,300})/gm)].map(
      ([, module = '', names = '']) => ({ path: `${module.replaceAll('.', '/')}.py`, names: namesIn(names) }),
    );
  }
  const forms =
    /^(?:import|export)\s+(?:type\s+)?\{([^}]{1,300})\}\s+from\s+['"](\.{1,2}\/[^'"]{1,200})['"]|^(?:const|let|var)\s+\{([^}]{1,300})\}\s*=\s*require\(['"](\.{1,2}\/[^'"]{1,200})['"]\)/gm;
  return [...text.matchAll(forms)].map(([, a, from, b, required]) => ({
    path: resolved(path, from ?? required ?? '', language),
    names: namesIn(a ?? b ?? ''),
  }));
}

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim().split(/\s+/)[0] ?? '')
    .filter((name) => /^\w+$/.test(name));

function resolved(from: string, target: string, language: Language): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const path = parts.join('/');
  return languageOf(path) === null ? `${path}${language.extensions[0] ?? ''}` : path;
}

const escaped = (text: string): string => text.replaceAll(/[^\w]/g, '\\$&');
