import { languageOf } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';

const families: readonly (readonly string[])[] = [
  ['javascript', 'typescript', 'vue', 'svelte', 'astro', 'json', 'coffeescript'],
  ['html', 'template', 'vue', 'svelte', 'astro', 'xml', 'svg', 'php', 'javascript', 'elixir'],
  ['css', 'scss', 'less'],
  ['c', 'cpp', 'objective-c', 'glsl'],
  ['java', 'kotlin', 'groovy', 'scala'],
  ['sql', 'prisma'],
  [
    'yaml',
    'toml',
    'ini',
    'dotenv',
    'json',
    'bash',
    'ignore',
    'dockerfile',
    'nginx',
    'text',
    'procfile',
    'go-module',
    'hcl',
  ],
  ['markdown', 'text', 'restructuredtext', 'html', 'asciidoc'],
  ['python', 'bazel', 'notebook'],
  ['perl', 'prolog'],
  ['objective-c', 'matlab'],
  ['ocaml', 'fsharp'],
];

/** Whether a block tagged so may be this file: models tag loosely, but no shell block is `main.py`. */
export function isCompatible(language: Language | null, path: string): boolean {
  const ofPath = languageOf(path);
  if (language === null || ofPath === null || language === ofPath || language.name === 'text') return true;
  return families.some((family) => family.includes(language.name) && family.includes(ofPath.name));
}
