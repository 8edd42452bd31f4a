import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Said } from './said.ts';

type Files = readonly ProjectFile[];
type Test = (said: Pick<Said, 'message'>, files: Files) => boolean;

/**
 * Whatever the types say, the call has too many arguments, too few, or one of a wrong name. Not of a callable that
 * only a type describes, nor of a class whose decorator may write its constructor.
 */
const arity: Test = ({ message }) => !/`object\.__init__`|parameter \d+$|arguments: expected/.test(message);

/** What is reported at all, and when it would fail at run time whatever else the project does. The rest of Ty judges style. */
const sureWhen: Record<string, Test> = {
  'missing-argument': arity,
  'too-many-positional-arguments': arity,
  'unknown-argument': arity,
  'missing-attribute': lacksAttribute,
  'invalid-argument-type': takesAnotherKind,
  'unsupported-operator': mixesKinds,
};

export const rules = Object.keys(sureWhen);

export const isSure = (said: Said, files: Files): boolean => sureWhen[said.code]?.(said, files) ?? false;

/**
 * The attribute of an object of the project's own class is never mentioned but where it is read: nothing sets it, by
 * its name in a string either. What `self` lacks, a class beside it may bring.
 */
function lacksAttribute({ message }: Pick<Said, 'message'>, files: Files): boolean {
  const [, type = '', attribute = ''] =
    /^(?:Object of type|Class) `(\w+)(?:@\w+)?` has no attribute `(\w+)`/.exec(message) ?? [];
  if (attribute === '' || (type === 'Self' ? hasMixins(files) : !declares(files, type))) return false;
  const mention = new RegExp(`(?<![\\w.])${attribute}\\b|\\.${attribute}\\s*(?::|=(?!=))`);
  return !files.some(({ path, content }) => isPython(path) && mention.test(content));
}

/** A text for a number, to a function of the project's own: not the finer points of a declaration. */
function takesAnotherKind({ message }: Pick<Said, 'message'>, files: Files): boolean {
  const [, callee = '', expected = '', found = ''] =
    /`([\w.]+)` is incorrect: Expected `(.+)`, found `(.+)`$/.exec(message) ?? [];
  return declares(files, callee.split('.')[0] ?? '') && differ(expected, found, files);
}

function mixesKinds({ message }: Pick<Said, 'message'>, files: Files): boolean {
  const [, left = '', right = ''] = /between objects of type `(.+)` and `(.+)`$/.exec(message) ?? [];
  return differ(left, right, files);
}

function differ(one: string, other: string, files: Files): boolean {
  const [first, second] = [kindOf(one, files), kindOf(other, files)];
  return first !== null && second !== null && first !== second;
}

const kinds: readonly (readonly [kind: string, type: RegExp])[] = [
  ['text', /^(?:str|LiteralString|Literal\["[^"]*"\])$/],
  ['number', /^(?:int|float|complex|bool|Literal\[(?:-?\d+|True|False)\])$/],
  ['bytes', /^(?:bytes|Literal\[b"[^"]*"\])$/],
  ['list', /^list\[.*\]$/],
  ['dict', /^dict\[.*\]$/],
];

/** Null for what may pass for something else, as a union, a protocol, an enum of texts. */
function kindOf(type: string, files: Files): string | null {
  const builtin = kinds.find(([, pattern]) => pattern.test(type) && !/\|/.test(type.replace(/\[.*\]/, '')))?.[0];
  return builtin ?? (/^\w+$/.test(type) && plainClass(type, files) ? type : null);
}

const isPython = (path: string): boolean => /\.pyw?$/i.test(path);

const matches = (files: Files, pattern: RegExp): boolean =>
  files.some(({ path, content }) => isPython(path) && pattern.test(content));

const declares = (files: Files, name: string): boolean =>
  matches(files, new RegExp(`^\\s*(?:class|(?:async )?def) ${name}\\b`, 'm'));

/** Without a base class. */
const plainClass = (type: string, files: Files): boolean =>
  matches(files, new RegExp(`^\\s*class ${type}\\s*(?:\\(\\s*\\))?:`, 'm'));

const hasMixins = (files: Files): boolean =>
  matches(files, /^\s*class \w+\([^)]*(?:,|Mixin)|^\s*class \w*(?:Mixin|Base)\b/m);
