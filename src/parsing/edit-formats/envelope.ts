import type { Edit, Edits } from '../edits.ts';

/** `*** Begin Patch` with a verb for each file. */
export function readEnvelope(lines: readonly string[], offset: number): Edits {
  const result: Edits = { edits: [], created: [] };
  const heads = lines.flatMap((text, line) => {
    const [, verb, path] = /^\s*\*\*\* (Update|Add|Delete) File:\s*(.{1,300}?)\s*$/.exec(text.slice(0, 340)) ?? [];
    return verb === undefined || path === undefined ? [] : [{ verb, path, line }];
  });
  heads.forEach(({ verb, path, line }, index) => {
    const body = lines
      .slice(line + 1, heads[index + 1]?.line ?? lines.length)
      .filter((text) => !/^\s*\*\*\* End/.test(text));
    const place = { path, lines: { from: offset + line + 1, to: offset + line + 1 + body.length } };
    if (verb === 'Add')
      result.created.push({
        path,
        content: `${body.map((text) => text.replace(/^\+/, '')).join('\n')}\n`,
        from: offset + line + 1,
        to: offset + line + 1 + body.length,
      });
    else if (verb === 'Delete') result.edits.push({ kind: 'delete', ...place });
    else result.edits.push(...updates(body, place));
  });
  return result;
}

function updates(body: readonly string[], place: Pick<Edit, 'path' | 'lines'>): Edit[] {
  const to = body
    .map((text) => /^\s*\*\*\* Move to:\s*(.{1,300}?)\s*$/.exec(text)?.[1])
    .find((path) => path !== undefined);
  const diff = body.filter((text) => !/^\s*\*\*\* Move to:/.test(text)).join('\n');
  const moved: Edit[] = to === undefined ? [] : [{ kind: 'rename', to, ...place }];
  return diff.trim() === '' ? moved : [...moved, { kind: 'diff', diff, ...place }];
}
