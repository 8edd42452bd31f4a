import { readFenceLine } from '../blocks/fence-line.ts';
import { isBlank, lastWritten } from '../lines.ts';

/** Content without its wrapping: its lines, how many went before them, and whether the wrapping was closed. */
interface Unwrapped {
  lines: string[];
  shift: number;
  closed: boolean;
}

/** The content of an element without the CDATA, the payload tag or the fence that the model put around it. */
export function unwrapped(lines: readonly string[], path: string | null): Unwrapped {
  const trimmed = withoutOuterBlanks(lines);
  const payload = withoutPayload(trimmed);
  const data = withoutData(payload);
  const { inner, shift, closed } = /\.(md|mdx|markdown)$/i.test(path ?? '')
    ? { inner: data.lines, shift: 0, closed: true }
    : withoutFence(data.lines);
  const code = data.raw ? [...inner] : withoutEntities([...inner], path);
  return { lines: code, shift: data.shift + shift, closed };
}

function withoutOuterBlanks(lines: readonly string[]): { lines: readonly string[]; shift: number } {
  const first = lines.findIndex((line) => !isBlank(line));
  return first < 0
    ? { lines: [], shift: 0 }
    : { lines: lines.slice(first, lastWritten(lines, lines.length) + 1), shift: first };
}

type Part = { lines: readonly string[]; shift: number };

/** `<content>` or `<new_file>` inside the file's own tag. */
function withoutPayload({ lines, shift }: Part): Part {
  const start = lines
    .slice(0, 12)
    .findIndex((line) =>
      /^\s*<(content|contents|code|file_text|new_file|body|source_code|text)(\s[^>]*)?>/i.test(line),
    );
  if (start < 0 || lines.slice(0, start).some((line) => !/^\s*(<[\w-]+>.*<\/[\w-]+>)?\s*$/.test(line)))
    return { lines, shift };
  const name = /<([\w-]+)/.exec(lines[start] ?? '')?.[1] ?? '';
  const end = lines.findLastIndex((line) => line.toLowerCase().includes(`</${name.toLowerCase()}>`));
  if (end < start) return { lines, shift };
  const inner = lines.slice(start, end + 1);
  inner[inner.length - 1] = (inner.at(-1) ?? '').replace(/<\/[\w-]+>\s*$/, '');
  inner[0] = (inner[0] ?? '').replace(/^\s*<[^>]*>/, '');
  const rest = withoutOuterBlanks(inner);
  return { lines: rest.lines, shift: shift + start + rest.shift };
}

function withoutData({ lines, shift }: Part): Part & { raw: boolean } {
  const [first = ''] = lines;
  if (!first.trimStart().startsWith('<![CDATA[')) return { lines, shift, raw: false };
  const end = lines.findLastIndex((line) => line.includes(']]>'));
  const inner = lines.slice(0, end < 0 ? lines.length : end + 1);
  if (end >= 0) inner[end] = (inner[end] ?? '').slice(0, (inner[end] ?? '').lastIndexOf(']]>'));
  inner[0] = (inner[0] ?? '').replace(/^\s*<!\[CDATA\[/, '');
  const rest = withoutOuterBlanks(inner);
  return { lines: rest.lines, shift: shift + rest.shift, raw: true };
}

/** A fence that encloses all there is. */
export function withoutFence(lines: readonly string[]): { inner: readonly string[]; shift: number; closed: boolean } {
  const first = lines.findIndex((line) => !isBlank(line));
  const open = readFenceLine(lines[first] ?? '', first);
  if (open === null) return { inner: [...lines], shift: 0, closed: true };
  const last = lastWritten(lines, lines.length);
  const close = last > first ? readFenceLine(lines[last] ?? '', last) : null;
  const closed = close !== null && close.info === '' && close.mark === open.mark;
  return { inner: lines.slice(first + 1, closed ? last : lines.length), shift: first + 1, closed };
}

/** Code that was escaped for XML, and says so by having no bare bracket at all. */
function withoutEntities(lines: string[], path: string | null): string[] {
  const escaped = lines.some((line) => /&(lt|gt|amp|quot);/.test(line)) && !lines.some((line) => /[<>]/.test(line));
  if (!escaped || /\.(html?|xml|svg|md|vue)$/i.test(path ?? '')) return lines;
  const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return lines.map((line) =>
    line.replace(/&(lt|gt|amp|quot|apos);/g, (whole, name: string) => entities[name] ?? whole),
  );
}
