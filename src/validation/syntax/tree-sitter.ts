import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Language, LogCallback, Parser, Tree } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
const runtime = 'web-tree-sitter';

/** A grammar's repair of hostile input may take far longer than reading it. */
const timeoutMs = 700;

const loaded = new Map<string, Promise<Language>>();

/**
 * Runs `work` with a parser of the grammar in this file of a package, which is loaded on first use and then kept. Null
 * where the text breaks the parser: it is compiled C, and the next call loads a new one.
 */
export async function withParser<T>(wasm: string, work: (parser: Parser) => T): Promise<T | null> {
  const language = await languageOf(wasm);
  const parser = new (load().Parser)();
  try {
    const result = work(parser.setLanguage(language));
    parser.delete(); // WebAssembly memory is not collected
    return result;
  } catch (error) {
    if (!(error instanceof Error && /^(?:RangeError|RuntimeError)$/.test(error.name))) throw error;
    loaded.clear();
    delete require.cache[require.resolve(runtime)];
    return null;
  }
}

/** Parses, until `isEnough` or out of time: null then, and nobody can say what is wrong. */
export function parse(
  parser: Parser,
  text: string,
  log: LogCallback | null = null,
  isEnough = () => false,
): Tree | null {
  const end = Date.now() + timeoutMs;
  parser.setLogger(log);
  const tree = parser.parse(text, null, { progressCallback: () => isEnough() || Date.now() > end });
  if (tree === null) parser.reset();
  return tree;
}

function languageOf(wasm: string): Promise<Language> {
  const known = loaded.get(wasm) ?? loadLanguage(wasm);
  loaded.set(wasm, known);
  return known;
}

async function loadLanguage(wasm: string): Promise<Language> {
  const { Language, Parser } = load();
  await Parser.init();
  return Language.load(await readFile(require.resolve(wasm)));
}

const load = () => require(runtime) as typeof import('web-tree-sitter');
