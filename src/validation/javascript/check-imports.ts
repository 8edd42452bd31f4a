import { isBuiltin } from 'node:module';
import type { ProjectFile } from '../../schemas/artifact.ts';
import { type Finding, finding } from '../../schemas/finding.ts';
import { declaredWords } from '../declared.ts';
import { isPackageJson, readPackageJson } from '../package-json.ts';
import { isParsable } from '../parsable.ts';
import { placeOf } from '../place.ts';
import type { Project } from '../validation.ts';
import type { ModuleImport, ParsedModule } from './module.ts';
import { parseModule } from './parser.ts';
import { JavaScriptProject, javascriptFile } from './project.ts';

/** Brought by a test runner or by the program that loads the module. */
const provided = new Set(['vitest', '@jest/globals', 'bun', 'vscode', 'k6']);

/** Where short names for folders are kept, as `paths` in tsconfig.json. */
const aliases =
  /(?:^|\/)(?:[tj]sconfig[^/]*\.json|deno\.jsonc?|import_?map\.json|index\.html|[^/]*\.config\.[cm]?[jt]s|babel[^/]*)$/i;

/** A missing picture or style sheet stops a bundler, not the code. */
const asset = /\.(?!(?:json|[cm]?[jt]sx?|vue|svelte)(?:$|[?#]))[a-z]\w*(?:[?#].*)?$/i;

/** Imports that lead nowhere: errors within the project, warnings for packages, since the sandbox knows what is installed. */
export async function checkJavaScriptImports(project: Project): Promise<Finding[]> {
  const files = project.files.filter((file) => javascriptFile.test(file.path) && isParsable(file));
  const parsed = new Map<ProjectFile, ParsedModule>();
  for (const file of files) parsed.set(file, (await parseModule(file)) ?? { errors: [], exports: null, imports: [] });
  const modules = new JavaScriptProject(
    project.files,
    new Map([...parsed].map(([{ path }, module]) => [path, module])),
  );
  const isDeclared = declarations(project);
  const undeclared = new Map<string, Finding>();
  const findings = [...parsed].flatMap(([file, { imports }]) =>
    imports.flatMap((imported) => {
      if (/^\.\.?(?:\/|$)/.test(imported.specifier)) return checkRelative(imported, file, modules);
      const name = packageOf(imported.specifier);
      if (name !== null && !isDeclared(name) && !undeclared.has(name))
        undeclared.set(name, undeclaredPackage(name, imported, file));
      return [];
    }),
  );
  return [...findings, ...undeclared.values()];
}

function checkRelative(
  { specifier, offset, names }: ModuleImport,
  file: ProjectFile,
  modules: JavaScriptProject,
): Finding[] {
  const target = modules.resolve(specifier, file.path);
  if (target === undefined) return [];
  if (target === null) {
    const severity = asset.test(specifier) ? 'warning' : 'error';
    return [
      finding('semantic', 'unresolved-import', `No file is "${specifier}" from here.`, {
        ...placeOf(file, offset),
        severity,
      }),
    ];
  }
  return names
    .filter(({ name }) => !modules.exports(target, name))
    .map(({ name, offset: at }) => {
      const exporter = modules.exporter(name, file.path);
      const what = name === 'default' ? 'has no default export' : `does not export \`${name}\``;
      return finding(
        'semantic',
        'missing-name',
        `${target} ${what}.${exporter ? ` ${exporter} does.` : ''}`,
        placeOf(file, at),
      );
    });
}

/** `@scope/name` of `@scope/name/deep`; null for what is no package, as `node:fs`, `#internal`, `@/alias`, a URL. */
function packageOf(specifier: string): string | null {
  if (isBuiltin(specifier) || /^[#~$/]|^@\/|:/.test(specifier)) return null;
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? null;
}

function declarations(project: Project): (name: string) => boolean {
  const packages = project.files.filter(isPackageJson).map(readPackageJson);
  const own = packages.flatMap(({ name }) => name ?? []);
  const listed = packages.flatMap((json) =>
    [json.dependencies, json.devDependencies, json.peerDependencies, json.optionalDependencies].flatMap((names) =>
      Object.keys(names ?? {}),
    ),
  );
  const words = declaredWords({ ...project, files: [] });
  const known = new Set([...provided, ...own, ...listed, ...words]);
  const aliased = project.files.filter(({ path }) => aliases.test(path)).map(({ content }) => content);
  return (name) => {
    const [first = ''] = name.split('/');
    const types = `@types/${name.replace(/^@/, '').replace('/', '__')}`;
    const isFolder = project.files.some(
      ({ path }) => `/${path}`.includes(`/${first}/`) || `/${path}`.includes(`/${first}.`),
    );
    return known.has(name) || known.has(types) || isFolder || aliased.some((content) => content.includes(first));
  };
}

const undeclaredPackage = (name: string, { offset }: ModuleImport, file: ProjectFile): Finding =>
  finding(
    'semantic',
    'undeclared-dependency',
    `"${name}" is not declared: add it to the dependencies of package.json, or do without.`,
    {
      ...placeOf(file, offset),
      severity: 'warning',
    },
  );
