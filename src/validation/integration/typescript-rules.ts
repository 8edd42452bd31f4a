import type { ProjectFile } from '../../schemas/artifact.ts';
import { isPackageJson, readPackageJson } from '../package-json.ts';
import type { Diagnostic } from './checker.ts';
import type { Said } from './said.ts';

type Files = readonly ProjectFile[];

const codes = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).map((code) => `TS${code}`));

/** An import, a name or a type that comes with a package; grammar and settings, which are not judged here. */
const unresolved = codes('2307 2792 2875 7016 2688 2664');
const follows = /^TS(?:1\d\d\d|5\d\d\d|6\d\d\d|7\d\d\d|25(?:03|8\d|9\d)|2686|2694|2867|2868)$/;

/** Wrong whatever the settings are: the number of arguments, what is called, what is assigned to a constant. */
const sure = codes('2554 2555 2349 2351 2588 2362 2363');
/** Wrong where the types are the project's own: those of a library differ between its versions. */
const sureOfOwn = codes('2345 2339 2551 2420 2515');
/** The same, but for JSX, whose rules come with a package. */
const sureOutsideJsx = codes('2322 2739 2740 2741');
const unknownNames = codes('2304 2552');

/** Null for what says nothing: packages are not installed here. */
export function severityOf(said: Said, all: readonly Said[], files: Files): Diagnostic['severity'] | null {
  const { code, file, message } = said;
  if (unresolved.has(code) || follows.test(code)) return null;
  if (unknownNames.has(code)) return knowsAllNames(all, files) ? 'error' : null;
  const whole = !all.some((one) => unresolved.has(one.code));
  const ofOwn = sureOfOwn.has(code) || (sureOutsideJsx.has(code) && !/\.tsx$/i.test(file));
  if (ofOwn && speaksOfOwn(said, files, whole ? anyDeclaration : plainDeclaration)) return 'error';
  if (sure.has(code) && (whole || !message.startsWith('Expected 0 '))) return 'error'; // as a base class that is not there takes
  return whole ? 'warning' : null; // what is inferred from a missing type is wrong as often as not
}

/** No package is missing or declared that may bring global names. */
const knowsAllNames = (all: readonly Said[], files: Files): boolean =>
  !all.some(({ code }) => unresolved.has(code)) &&
  files.filter(isPackageJson).every((file) => {
    const { dependencies, devDependencies } = readPackageJson(file);
    const names = Object.keys({ ...dependencies, ...devDependencies });
    return names.every((name) => name === 'typescript' || name === '@types/node');
  });

const ofTheLanguage = new Set('Array ReadonlyArray Promise Map Set Record Partial Date RegExp Error'.split(' '));

/**
 * Of primitive types and those that the project declares. What may be null or undefined is a matter of settings; `{}`
 * and `unknown` are inferred where a package's types are missing.
 */
function speaksOfOwn({ message }: Said, files: Files, declaration: (name: string) => RegExp): boolean {
  const types = [...message.matchAll(/'((?:[^']|(?<=\w)'(?=\w))*)'/g)].map(([, type = '']) =>
    type.replace(/"[^"]*"/g, ''),
  );
  if (types.some((type) => /\b(?:null|undefined|unknown|never|any)\b|\{\}/.test(type))) return false;
  const names = types.flatMap((type) => type.match(/\b[A-Z]\w*/g) ?? []);
  return names.every((name) => ofTheLanguage.has(name) || isDeclared(declaration(name), files));
}

const isDeclared = (declaration: RegExp, files: Files): boolean =>
  files.some(({ path, content }) => /\.[cm]?tsx?$/i.test(path) && declaration.test(content));

const anyDeclaration = (name: string) =>
  new RegExp(`\\b(?:class|interface|type|enum|const|function)\\s+${name}\\b|<${name}\\b`);

/** With nothing to extend, so that no missing package has a part in it. */
const plainDeclaration = (name: string) =>
  new RegExp(`\\b(?:class|interface|enum)\\s+${name}\\s*(?:<[^{>]*>\\s*)?(?:implements\\s[^{]*)?\\{`);
