import { asPath } from '../evidence/paths.ts';
import { cut, readLenientJson } from './lenient-json.ts';

/** A file that a JSON answer holds: `content` null where the JSON says only that the file is to go. */
interface JsonFile {
  path: string;
  content: string;
  truncated: boolean;
}

const pathKeys = [
  'path',
  'file_path',
  'filePath',
  'filepath',
  'filename',
  'file_name',
  'fileName',
  'file',
  'name',
  'relative_path',
  'target_file',
  'full_path',
  'title',
];
const contentKeys = [
  'content',
  'contents',
  'code',
  'file_content',
  'fileContent',
  'file_contents',
  'file_text',
  'source',
  'source_code',
  'text',
  'body',
  'new_content',
  'data',
];

/** The files of a JSON text that is a bundle of files, in any of the shapes that models give it; null for other JSON. */
export function filesInJson(text: string): JsonFile[] | null {
  const start = text.search(/\S/);
  if (start < 0 || !/[[{]/.test(text[start] ?? '')) return null;
  const files: JsonFile[] = [];
  let at = start;
  while (at >= 0 && at < text.length) {
    const read = readLenientJson(text, at);
    if (read === null || typeof read.value !== 'object') break;
    collect(read.value, files, 0);
    const next = text.slice(read.end).search(/\S/);
    at = next < 0 || !/[[{]/.test(text[read.end + next] ?? '') ? -1 : read.end + next;
  }
  return files.length === 0 ? null : files;
}

function collect(value: unknown, files: JsonFile[], depth: number): void {
  if (depth > 6) return;
  if (typeof value === 'string') collectText(value, files, depth);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, files, depth + 1);
    return;
  }
  const object = value as Record<string, unknown>;
  const file = asEntry(object) ?? writefileCell(object);
  if (file !== null) files.push(file);
  else collectMembers(object, files, depth);
}

/** The arguments of a tool call are JSON in a text. */
function collectText(text: string, files: JsonFile[], depth: number): void {
  const value = /^\s*\{\s*"/.test(text) ? readLenientJson(text)?.value : undefined;
  if (typeof value === 'object') collect(value, files, depth + 1);
}

/** `{"src/a.py": "..."}`: paths for keys; else what lies deeper. */
function collectMembers(object: Record<string, unknown>, files: JsonFile[], depth: number): void {
  const isCut = cut in object;
  const keys = Object.keys(object);
  for (const key of keys) {
    const path = asPath(key, key.includes('/'));
    const content = path === null ? null : (asText(object[key]) ?? asText(contentOf(object[key])));
    if (path !== null && content !== null && asPath(content, true) === null)
      files.push({ path, content, truncated: isCut && key === keys.at(-1) });
    else collect(object[key], files, depth + 1);
  }
}

const contentOf = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return null;
  const object = value as Record<string, unknown>;
  return contentKeys.map((key) => object[key]).find((content) => asText(content) !== null);
};

function asEntry(object: Record<string, unknown>): JsonFile | null {
  const pathKey = pathKeys.find(
    (key) => typeof object[key] === 'string' && asPath(object[key], key !== 'name' && key !== 'title') !== null,
  );
  const contentKey = contentKeys.find((key) => key !== pathKey && asText(object[key]) !== null);
  if (pathKey === undefined || contentKey === undefined) return null;
  const path = asPath(String(object[pathKey]), true) ?? '';
  const isLast = Object.keys(object).at(-1) === contentKey;
  return { path, content: asText(object[contentKey]) ?? '', truncated: cut in object && isLast };
}

/** A notebook's cell that writes a file: `%%writefile src/a.py`. */
function writefileCell(object: Record<string, unknown>): JsonFile | null {
  if (object['cell_type'] !== 'code') return null;
  const text = Array.isArray(object['source']) ? object['source'].join('') : object['source'];
  const [, name = '', content = ''] =
    typeof text === 'string' ? (/^\s*%%(?:writefile|file)\s+(\S+)[^\n]*\n?([\s\S]*)$/.exec(text) ?? []) : [];
  const path = asPath(name, true);
  return path === null ? null : { path, content, truncated: false };
}

/** A content is a text, or its lines. */
function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || value.length === 0 || !value.every((line) => typeof line === 'string')) return null;
  return value.some((line) => line.endsWith('\n')) ? value.join('') : value.join('\n');
}
