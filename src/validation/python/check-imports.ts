import type { ProjectFile } from '../../schemas/artifact.ts';
import { type Finding, finding } from '../../schemas/finding.ts';
import { declaredWords } from '../declared.ts';
import { placeOf } from '../place.ts';
import type { Project } from '../validation.ts';
import { distributionOf, isWellKnown, normalized } from './distributions.ts';
import type { PythonProject } from './project.ts';
import type { PythonImport } from './read-module.ts';
import { standardLibrary } from './standard-library.ts';

/** PTC's test runner brings it. */
const provided = new Set(['pytest', '_pytest']);

/**
 * Imports that lead nowhere. Errors only for what is surely the project's own; a package that nothing declares is a
 * warning, since the sandbox knows what is installed. An import under `if` or `try` may be meant to fail.
 */
export function checkPythonImports(project: Project, python: PythonProject): Finding[] {
  const declared = new Set([...declaredWords(project)].map(normalized));
  const isDeclared = (top: string) => [top, distributionOf(top)].some((name) => declares(declared, name));
  const found = python.files.flatMap((file) =>
    (python.read(file)?.imports ?? [])
      .filter(({ guarded, level, module }) => !guarded && !(level === 0 && standardLibrary.has(module[0] ?? '')))
      .flatMap((imported) => checkImport(imported, file, python, isDeclared)),
  );
  return oncePerPackage(found);
}

function checkImport(
  imported: PythonImport,
  file: ProjectFile,
  python: PythonProject,
  isDeclared: (top: string) => boolean,
): Finding[] {
  const [top = ''] = imported.module;
  const relative = imported.level > 0;
  const place = placeOf(file, imported.offset);
  if (!relative && !python.hasTop(top)) return isDeclared(top) || provided.has(top) ? [] : [undeclared(top, place)];
  if (!relative && mayBePublished(top, python, isDeclared)) return [];
  const targets = python.locate(imported, file);
  if (targets === null) return [];
  if (targets.length === 0)
    return [finding('semantic', 'unresolved-import', `No file is the module \`${shown(imported)}\`.`, place)];
  return (imported.names ?? [])
    .filter((name) => name !== '*' && !targets.some((target) => python.defines(target, name)))
    .map((name) => missingName(name, imported, python.definer(name, file), place));
}

/** The project has a module of this name, and yet a published package may be meant. */
const mayBePublished = (top: string, python: PythonProject, isDeclared: (top: string) => boolean): boolean =>
  python.hidesTop(top) ||
  (isWellKnown(top) && !python.ownsTop(top, [''])) ||
  (isDeclared(top) && !python.ownsTop(top, ['', 'src']));

function missingName(name: string, imported: PythonImport, definer: string | null, place: Partial<Finding>): Finding {
  const hint = definer ? ` ${definer} does.` : '';
  return finding('semantic', 'missing-name', `\`${shown(imported)}\` does not define \`${name}\`.${hint}`, place);
}

const shown = ({ level, module }: PythonImport): string => '.'.repeat(level) + module.join('.');

const undeclared = (top: string, place: Partial<Finding>): Finding =>
  finding(
    'semantic',
    'undeclared-dependency',
    `\`${top}\` is not declared: add ${distributionOf(top)} to requirements.txt, or do without.`,
    {
      ...place,
      severity: 'warning',
    },
  );

/** `google-cloud-storage` declares `google`, `python-jose[cryptography]` declares `jose`. */
function declares(declared: ReadonlySet<string>, name: string): boolean {
  const wanted = normalized(name);
  return [...declared].some((word) => word === wanted || word.split('-').includes(wanted) || word === `py${wanted}`);
}

function oncePerPackage(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, message }) => {
    if (code !== 'undeclared-dependency') return true;
    const first = !seen.has(message);
    seen.add(message);
    return first;
  });
}
