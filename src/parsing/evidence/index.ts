import type { Name } from '../name.ts';
import { inFolder } from './folder.ts';
import { fromComment } from './from-comment.ts';
import { fromInfo } from './from-info.ts';
import { fromLabel } from './from-label.ts';
import { fromBelow, fromFurtherUp, fromSentence } from './from-sentence.ts';
import type { Evidence, Setting } from './setting.ts';

/** Every kind of evidence, the surest first. */
const kinds: readonly Evidence[] = [
  ({ piece }) => piece.given,
  fromInfo,
  pure(fromLabel),
  fromComment,
  fromLabel,
  fromSentence,
  fromFurtherUp,
  fromBelow,
];

function pure(evidence: Evidence): Evidence {
  return (setting) => {
    const name = evidence(setting);
    return name !== null && name.confidence > 0.9 ? name : null;
  };
}

/** The name for a piece by the surest evidence, made whole by weaker evidence that says more. */
export function nameOf(setting: Setting): Name | null {
  const names = kinds.map((evidence) => evidence(setting)).filter((name) => name !== null);
  const [first] = names;
  if (first === undefined) return null;
  const fuller = names.find(({ path, strong }) => strong && path.endsWith(`/${first.path}`));
  const name = fuller === undefined ? first : { ...first, path: fuller.path };
  const label = names.find(({ labelLines = 0, path }) => labelLines > 0 && path === name.path);
  return { ...expected(name, setting), verb: firstVerb(names), ...(label === first ? {} : { labelLines: 0 }) };
}

const firstVerb = (names: readonly Name[]): Name['verb'] => names.find(({ verb }) => verb !== 'none')?.verb ?? 'none';

/** A bare name means the plan's file of that name, where there is just one; else the folder that the prose gave. */
function expected(name: Name, { known, folder }: Setting): Name {
  if (known.has(name.path)) return name;
  const longer = [...known].filter((path) => path.endsWith(`/${name.path}`));
  const shorter = [...known].filter((path) => path.includes('/') && name.path.endsWith(`/${path}`));
  const [only] = longer.length === 1 ? longer : shorter;
  if (longer.length + shorter.length === 1 && only !== undefined) return { ...name, path: only };
  return { ...name, path: inFolder(folder, name.path) };
}
