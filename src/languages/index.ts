import { javascript } from './javascript.ts';
import { json } from './json.ts';
import type { Language } from './language.ts';
import { plain } from './plain.ts';
import { python } from './python.ts';
import { typescript } from './typescript.ts';

/** Every language that PTC knows, the ones with something special first. */
export const languages: readonly Language[] = [python, typescript, javascript, json, ...plain];

const byWord = new Map<string, Language>();
const byExtension = new Map<string, Language>();
const byFileName = new Map<string, Language>();

for (const language of languages) {
  for (const word of [language.name, ...(language.aliases ?? [])]) firstWins(byWord, word, language);
  for (const extension of language.extensions) firstWins(byExtension, extension, language);
  for (const fileName of language.fileNames ?? []) firstWins(byFileName, fileName.toLowerCase(), language);
}

function firstWins(map: Map<string, Language>, key: string, language: Language): void {
  if (!map.has(key)) map.set(key, language);
}

/** The language of a file by its name, the whole name before the extension: `CMakeLists.txt` is CMake. */
export function languageOf(path: string): Language | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return byFileName.get(name) ?? byExtension.get(extensionOf(name)) ?? byVariant(name);
}

/** The language that a fence's info string names: by its name, an alias or an extension, in any case. */
export function languageNamed(word: string): Language | null {
  const key = word.toLowerCase();
  return byWord.get(key) ?? byExtension.get(`.${key}`) ?? null;
}

/** `Dockerfile.dev` and `.env.staging` are variants of a whole name. */
const byVariant = (name: string): Language | null => {
  const dot = name.indexOf('.', 1);
  return dot < 0 ? null : (byFileName.get(name.slice(0, dot)) ?? null);
};

const extensionOf = (name: string): string => name.slice(Math.max(0, name.lastIndexOf('.')));
