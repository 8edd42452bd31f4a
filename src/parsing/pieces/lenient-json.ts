/** What could be read of a JSON text, and whether it came to its end. */
interface LenientJson {
  value: unknown;
  complete: boolean;
  /** Where it ends. */
  end: number;
}

/** A value that the text ends in the middle of. */
export const cut: unique symbol = Symbol('cut');
const deepest = 60;

/**
 * JSON as models write it: line ends inside strings, backticks for quotes, trailing commas, comments, and an end that
 * is missing. Null where it is no JSON at all; a string that the text cuts stays, and `cut` marks the object around it.
 */
export function readLenientJson(text: string, from = 0): LenientJson | null {
  const reader: Reader = { text, at: from, complete: true, failed: false };
  const value = readValue(reader, 0);
  return reader.failed ? null : { value, complete: reader.complete, end: reader.at };
}

interface Reader {
  text: string;
  at: number;
  complete: boolean;
  failed: boolean;
}

function readValue(reader: Reader, depth: number): unknown {
  skipSpace(reader);
  const character = reader.text[reader.at];
  if (character === undefined) return stopShort(reader);
  if (character === '{') return depth > deepest ? fail(reader) : readObject(reader, depth);
  if (character === '[') return depth > deepest ? fail(reader) : readArray(reader, depth);
  if (character === '"' || character === '`' || character === "'") return readString(reader, character);
  return readWord(reader);
}

function readObject(reader: Reader, depth: number): Record<string, unknown> {
  const object: Record<string | symbol, unknown> = Object.create(null);
  reader.at += 1;
  while (proceeds(reader, '}')) {
    const key = readKey(reader);
    skipSpace(reader);
    if (reader.failed || (reader.text[reader.at] !== ':' && reader.at < reader.text.length))
      return fail(reader) ?? object;
    reader.at += 1;
    const value = readValue(reader, depth + 1);
    if (value !== undefined) object[key] = value;
  }
  if (!reader.complete) object[cut] = true;
  return object as Record<string, unknown>;
}

function readArray(reader: Reader, depth: number): unknown[] {
  const items: unknown[] = [];
  reader.at += 1;
  while (proceeds(reader, ']')) {
    const value = readValue(reader, depth + 1);
    if (value !== undefined) items.push(value);
  }
  return items;
}

/** Moves on to the next member; false at the end of the list, or of all. */
function proceeds(reader: Reader, close: string): boolean {
  skipSpace(reader);
  if (reader.failed || !reader.complete) return false;
  const character = reader.text[reader.at];
  if (character === close) reader.at += 1;
  if (character === undefined) reader.complete = false;
  return character !== close && character !== undefined;
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function readString(reader: Reader, quote: string): string {
  const parts: string[] = [];
  let from = reader.at + 1;
  for (let at = from; at < reader.text.length; at += 1) {
    const character = reader.text[at];
    if (character === quote) {
      reader.at = at + 1;
      return parts.join('') + reader.text.slice(from, at);
    }
    if (character !== '\\') continue;
    const { value, length } = readEscape(reader.text, at);
    parts.push(reader.text.slice(from, at), value);
    at += length - 1;
    from = at + 1;
  }
  reader.at = reader.text.length;
  reader.complete = false;
  return parts.join('') + reader.text.slice(from);
}

function readEscape(text: string, at: number): { value: string; length: number } {
  const next = text[at + 1] ?? '';
  const code = next === 'u' ? /^[0-9a-fA-F]{4}/.exec(text.slice(at + 2, at + 6))?.[0] : undefined;
  if (code !== undefined) return { value: String.fromCharCode(Number.parseInt(code, 16)), length: 6 };
  return { value: escapes[next] ?? next, length: 2 };
}

function readKey(reader: Reader): string {
  const character = reader.text[reader.at];
  if (character === '"' || character === "'" || character === '`') return readString(reader, character);
  const word = /^[\w$.-]{1,80}/.exec(reader.text.slice(reader.at, reader.at + 80))?.[0];
  if (word === undefined) fail(reader);
  reader.at += word?.length ?? 0;
  return word ?? '';
}

const literals = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function readWord(reader: Reader): unknown {
  const word = /^-?[\w.+-]{1,60}/.exec(reader.text.slice(reader.at, reader.at + 61))?.[0] ?? '';
  const value = literals.has(word) ? literals.get(word) : Number(word);
  if (word === '' || Number.isNaN(value))
    return reader.at + word.length >= reader.text.length ? stopShort(reader) : fail(reader);
  reader.at += word.length;
  return value;
}

/** White space, comments, and the commas that part members. */
function skipSpace(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    while (/[\s,]/.test(text[reader.at] ?? 'x')) reader.at += 1;
    if (!text.startsWith('//', reader.at)) return;
    const end = text.indexOf('\n', reader.at);
    reader.at = end < 0 ? text.length : end;
  }
}

function stopShort(reader: Reader): undefined {
  reader.at = reader.text.length;
  reader.complete = false;
}

function fail(reader: Reader): undefined {
  reader.failed = true;
}
