import type { Name } from '../name.ts';
import { inFolder } from './folder.ts';
import { fromComment, mustStandFirst } from './from-comment.ts';
import { fromInfo } from './from-info.ts';
import { fromLabel } from './from-label.ts';
import { fromBelow, fromFurtherUp, fromSentence } from './from-sentence.ts';
import type { Evidence, Setting } from './setting.ts';

/** Evidence in the block or right above it; of several names the surest wins. */
const near: readonly Evidence[] = [({ piece }) => piece.given, fromInfo, fromLabel, fromComment, fromSentence];
/** Asked only where that finds nothing. */
const far: readonly Evidence[] = [fromFurtherUp, fromBelow];

/** The name for a piece by the surest evidence, made whole by weaker evidence that says more. */
export function nameOf(setting: Setting): Name | null {
  const names = near
    .map((evidence) => evidence(setting))
    .filter((name) => name !== null)
    .sort((a, b) => b.confidence - a.confidence);
  const [first] = names;
  if (first === undefined) return expected(firstOf(far, setting), setting);
  const { path } = names.find(({ path, strong }) => strong && path.endsWith(`/${first.path}`)) ?? first;
  const same = names.filter((name) => path === name.path || path.endsWith(`/${name.path}`));
  const verb = same.find(({ verb }) => verb !== 'none')?.verb ?? 'none';
  return expected({ ...first, path, verb, labelLines: labelLinesOf(first, same, setting) }, setting);
}

function firstOf(kinds: readonly Evidence[], setting: Setting): Name | null {
  for (const evidence of kinds) {
    const name = evidence(setting);
    if (name !== null) return name;
  }
  return null;
}

/** A comment that did not name the file stays in it, unless the file cannot begin with one. */
function labelLinesOf(first: Name, same: readonly Name[], { piece }: Setting): number {
  const { labelLines = 0 } = same.find((name) => (name.labelLines ?? 0) > 0) ?? {};
  if ((first.labelLines ?? 0) > 0 || first.path.endsWith('.json')) return labelLines;
  return mustStandFirst.test(piece.content.split('\n', labelLines + 1)[labelLines] ?? '') ? labelLines : 0;
}

/** A bare name means the plan's file of that name, where there is just one; else the folder that the prose gave. */
function expected(name: Name | null, { known, folder }: Setting): Name | null {
  if (name === null || known.has(name.path)) return name;
  const longer = [...known].filter((path) => path.endsWith(`/${name.path}`));
  const shorter = [...known].filter((path) => path.includes('/') && name.path.endsWith(`/${path}`));
  const [only] = longer.length === 1 ? longer : shorter;
  if (longer.length + shorter.length === 1 && only !== undefined) return { ...name, path: only };
  return { ...name, path: inFolder(folder, name.path) };
}
