import { createRequire } from 'node:module';
import type { Diagnostic, Workspace } from '@astral-sh/ruff-wasm-nodejs';

const require = createRequire(import.meta.url);
const ruffModule = '@astral-sh/ruff-wasm-nodejs';

/** What CPython refuses before it runs a line, though the grammar allows it: `return` outside of a function, and such. */
export const compileErrors = ['F404', 'F622', 'F701', 'F702', 'F704', 'F706', 'F707', 'PLE0118', 'PLE1142'];

/** A name that is not defined, is not defined but in `__all__`, or is read before its function sets it. */
export const undefinedNames = ['F821', 'F822', 'F823'];

const settings = {
  'target-version': 'py314', // the newest: an older one would refuse what a newer interpreter runs
  lint: { select: [...compileErrors, ...undefinedNames] },
};

let loaded: Workspace | null = null;

/** What Ruff finds in a Python text: syntax errors and the rules above. Null where the text overflows its stack. */
export const lintPython = (content: string): Diagnostic[] | null => withRuff((ruff) => ruff.check(content));

export interface Token {
  kind: string;
  text: string;
  /** In UTF-16 units. */
  offset: number;
}

/** The tokens of a Python text. Null where it overflows Ruff's stack. */
export function pythonTokens(content: string): Token[] | null {
  const listing = withRuff((ruff) => ruff.tokens(content));
  if (listing === null) return null;
  const offsets = offsetsOfBytes(content);
  return [...listing.matchAll(/^ {4}(\w+) (\d+)\.\.(\d+)/gm)].map(([, kind = '', start, end]) => {
    const offset = offsets[Number(start)] ?? 0;
    return { kind, text: content.slice(offset, offsets[Number(end)]), offset };
  });
}

/** Ruff counts tokens in bytes of UTF-8. */
function offsetsOfBytes(content: string): Uint32Array {
  const offsets = new Uint32Array(Buffer.byteLength(content) + 1);
  let byte = 0;
  let offset = 0;
  for (const character of content) {
    offsets[byte] = offset;
    byte += Buffer.byteLength(character);
    offset += character.length;
  }
  offsets[byte] = offset;
  return offsets;
}

/** An overflow may leave the WebAssembly instance damaged: the next call loads a new one. */
function withRuff<T>(work: (ruff: Workspace) => T): T | null {
  loaded ??= load();
  try {
    return work(loaded);
  } catch (error) {
    loaded = null;
    delete require.cache[require.resolve(ruffModule)];
    if (error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError')) return null;
    throw error;
  }
}

function load(): Workspace {
  const { PositionEncoding, Workspace } = require(ruffModule) as typeof import('@astral-sh/ruff-wasm-nodejs');
  return new Workspace(settings, PositionEncoding.Utf16);
}
