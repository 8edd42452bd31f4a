import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, finding } from '../schemas/finding.ts';
import { collisionKey, foldersOf, pathProblem, quotePath, safePath } from './paths.ts';
import { maxFiles } from './rules.ts';
import type { Check, Project } from './validation.ts';

/** A path of the plan as it can be asked for: relative, without `./`. */
interface Planned {
  path: string;
  folder: boolean;
}

/** No text answer can hold them, and nobody should write a lock file by hand. */
const notWritable =
  /\.(?:png|jpe?g|gif|webp|ico|bmp|pdf|woff2?|ttf|otf|mp[34]|wav|zip|t?gz|whl|wasm|so|dll|dylib|exe|jar|class|pyc|db|sqlite3?|parquet|xlsx?|docx?|pickle|pkl)$|(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Pipfile\.lock|Cargo\.lock|go\.sum)$/i;

/** The answer against the plan: the files it names, and code and tests at all. Without a plan it says nothing. */
export const checkPlan: Check = async (project) => {
  if (!project.plan) return [];
  const keys = Object.keys(project.plan.scaffolding.file_structure ?? {});
  const planned = withoutFilesAsFolders(keys.flatMap((key) => toPlanned(key) ?? []));
  const missing = missingFrom(planned, project.files);
  return [...unusableKeys(keys), ...missing, ...checkKinds(project, planned.length > 0 && missing.length === 0)];
};

/** Null where no answer could satisfy it. */
function toPlanned(key: string): Planned | null {
  const path = safePath(key.trim().replace(/\/\.?$/, ''));
  return path === null ? null : { path, folder: /\/\.?$/.test(key.trim()) };
}

/** `src` next to `src/a.py` is a folder. */
function withoutFilesAsFolders(planned: readonly Planned[]): Planned[] {
  const folders = new Set(planned.flatMap(({ path }) => foldersOf(path)));
  return planned.map(({ path, folder }) => ({ path, folder: folder || folders.has(path) }));
}

const unusableKeys = (keys: readonly string[]): Finding[] =>
  keys
    .filter((key) => toPlanned(key) === null)
    .map((key) =>
      finding(
        'plan',
        'plan-path-unusable',
        `The plan's path ${quotePath(key)} is left out: ${pathProblem(key)?.refuses}.`,
        {
          severity: 'warning',
        },
      ),
    );

function missingFrom(planned: readonly Planned[], files: readonly ProjectFile[]): Finding[] {
  const paths = new Set(files.map(({ path }) => path));
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  const isThere = ({ path, folder }: Planned) => folders.has(path) || (!folder && paths.has(path));
  const twins = new Set(planned.filter(isThere).map(({ path }) => collisionKey(path)));
  const satisfiable = planned.length <= maxFiles;
  return planned
    .filter((item) => !isThere(item) && !twins.has(collisionKey(item.path)))
    .map((item) => missing(item, satisfiable));
}

function missing({ path, folder }: Planned, satisfiable: boolean): Finding {
  if (folder) {
    return finding('plan', 'empty-folder', `The plan's folder ${quotePath(`${path}/`)} has no file in it.`, {
      severity: 'warning',
    });
  }
  const severity = satisfiable && !notWritable.test(path) ? 'error' : 'warning';
  return finding('plan', 'missing-file', 'The plan asks for this file, and the answer does not have it.', {
    file: path,
    severity,
  });
}

/** `complete`: the plan lists files and all are there, so that a plan of documents alone is not asked for code. */
function checkKinds({ files, plan }: Project, complete: boolean): Finding[] {
  const has = (type: ProjectFile['type']) => files.some((file) => file.type === type);
  if (!has('source_code')) {
    const message =
      'The answer holds no source file. Write each file whole, in a code block of its own, under its path.';
    return complete ? [] : [finding('plan', 'no-source-file', message)];
  }
  if (!plan?.enable_testing || has('test')) return [];
  return [finding('plan', 'no-test-file', 'The answer holds no test file. Add tests that cover the requirements.')];
}
