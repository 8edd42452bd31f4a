/** How many places fit where one was wanted. */
export interface NotOnce {
  places: number;
}

/** From the strictest to the loosest way of seeing a line. */
const shapes: readonly ((line: string) => string)[] = [(line) => line, (line) => line.trimEnd(), (line) => line.trim()];

/**
 * Replaces the one place whose lines are those of `search`: exactly; else without regard to white space at their ends;
 * else without regard to indentation, which the replacement then takes over. Never where several places fit.
 */
export function replaceOnce(text: string, search: string, replace: string): string | NotOnce {
  if (search.trim() === '') return { places: 0 };
  for (const shape of shapes) {
    const replaced = byLines(text, search, replace, shape);
    if (replaced !== null) return replaced;
  }
  return { places: 0 };
}

function byLines(
  text: string,
  search: string,
  replace: string,
  shape: (line: string) => string,
): string | NotOnce | null {
  const lines = text.split('\n');
  const wanted = trimBlank(search.split('\n'));
  const target = wanted.map(shape);
  const shaped = lines.map(shape);
  const places = shaped.flatMap((line, at) => (line === target[0] && matchesAt(shaped, target, at) ? [at] : []));
  const [place] = places;
  if (place === undefined) return null;
  if (places.length > 1) return { places: places.length };
  const shift = indentOf(lines[place] ?? '').slice(indentOf(wanted[0] ?? '').length);
  const put = trimBlank(replace.split('\n')).map((line) => (line.trim() === '' ? line : shift + line));
  return [...lines.slice(0, place), ...put, ...lines.slice(place + wanted.length)].join('\n');
}

const matchesAt = (lines: readonly string[], wanted: readonly string[], at: number): boolean =>
  wanted.every((line, index) => lines[at + index] === line);

const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

function trimBlank(lines: string[]): string[] {
  const from = lines.findIndex((line) => line.trim() !== '');
  const to = lines.findLastIndex((line) => line.trim() !== '');
  return from < 0 ? [] : lines.slice(from, to + 1);
}

/** At most this many lines are compared: quoting is a courtesy, not worth minutes on a hostile answer. */
const mostCompared = 20_000;

/** The lines of a text that are most like the ones looked for, to show a model what it should have quoted. */
export function nearest(text: string, search: string): string {
  const lines = text.split('\n').slice(0, mostCompared);
  const wanted = search.split('\n').map((line) => line.trim());
  const votes = new Map<number, number>();
  lines.forEach((line, at) => {
    const start = at - wanted.indexOf(line.trim());
    if (line.trim() !== '' && start <= at) votes.set(start, (votes.get(start) ?? 0) + 1);
  });
  const [start = 0] = [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best), [0, 0]);
  return lines
    .slice(Math.max(0, start), Math.max(0, start) + Math.min(wanted.length, 20))
    .join('\n')
    .slice(0, 1500);
}
