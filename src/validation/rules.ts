import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, finding } from '../schemas/finding.ts';
import { isPackageJson, readPackageJson } from './package-json.ts';
import { collisionKey, foldersOf, pathFinding, pathRules, quotePath } from './paths.ts';
import { placeOf } from './place.ts';
import { findSecrets } from './secrets.ts';
import type { Check } from './validation.ts';

type Files = readonly ProjectFile[];
type Found = Pick<Finding, 'message'> & Partial<Finding>;

interface ContentRule {
  readonly code: string;
  readonly refuses: string;
  find(files: Files): Found[];
}

export const maxFiles = 500;
const maxFileBytes = 1024 * 1024;

/** A result travels in one Temporal payload of at most 2 MB; the rest of that is for test output and metadata. */
const maxResultBytes = 1_500_000;

/** Scripts that `npm install` runs in the project itself. */
const installScripts = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

/** Files that mean something by being there. */
const mayBeEmpty = /(?:^|\/)(?:__init__\.pyi?|py\.typed|conftest\.py|\.[^/]*keep)$/;

const contentRules: readonly ContentRule[] = [
  { code: 'path-collision', refuses: 'files whose paths differ only in case or Unicode form', find: collisions },
  { code: 'path-file-and-folder', refuses: 'a file that is also the folder of another', find: filesAsFolders },
  { code: 'too-many-files', refuses: `more than ${maxFiles} files`, find: tooManyFiles },
  { code: 'file-too-large', refuses: `a file of more than ${maxFileBytes} bytes`, find: filesTooLarge },
  {
    code: 'result-too-large',
    refuses: `files of more than ${maxResultBytes} bytes in all, as JSON`,
    find: resultTooLarge,
  },
  { code: 'secret', refuses: 'what looks like a live key, token or private key', find: secretsInside },
  { code: 'empty-file', refuses: 'an empty source or test file, unless it only marks a folder', find: emptyFiles },
  {
    code: 'install-script',
    refuses: 'nothing; warns of a script that installing the project runs',
    find: scriptsOnInstall,
  },
];

/** Each thing that is refused in an answer, by finding code. The documentation is made from this table. */
export const rules: readonly { code: string; refuses: string }[] = [...pathRules, ...contentRules];

/** Hostile or unusable output, whatever the plan says. */
export const checkRules: Check = async ({ files }) => [
  ...files.flatMap(({ path }) => pathFinding(path) ?? []),
  ...contentRules.flatMap(({ code, find }) =>
    find(files).map(({ message, ...place }) => finding('plan', code, message, place)),
  ),
];

function collisions(files: Files): Found[] {
  const first = new Map<string, string>();
  return files.flatMap(({ path }) => {
    const key = collisionKey(path);
    const other = first.get(key);
    if (other === undefined) first.set(key, path);
    return other === undefined
      ? []
      : {
          message: `${quotePath(path)} and ${quotePath(other)} are one file on Windows and macOS. Drop or rename one.`,
          file: path,
        };
  });
}

function filesAsFolders(files: Files): Found[] {
  const folders = new Set(files.flatMap(({ path }) => foldersOf(collisionKey(path))));
  return files
    .filter(({ path }) => folders.has(collisionKey(path)))
    .map(({ path }) => ({
      message: `${quotePath(path)} is a file and the folder of other files. Rename one.`,
      file: path,
    }));
}

function tooManyFiles({ length }: Files): Found[] {
  return length > maxFiles ? [{ message: `${length} files; at most ${maxFiles} are taken. Merge or drop some.` }] : [];
}

function filesTooLarge(files: Files): Found[] {
  return files
    .map(({ path, content }) => ({ file: path, bytes: Buffer.byteLength(content) }))
    .filter(({ bytes }) => bytes > maxFileBytes)
    .map(({ file, bytes }) => ({
      message: `${bytes} bytes; at most ${maxFileBytes} are taken. Split it, or make its data at run time.`,
      file,
    }));
}

function resultTooLarge(files: Files): Found[] {
  const bytes = files.reduce((sum, { path, content }) => sum + Buffer.byteLength(JSON.stringify([path, content])), 0);
  if (bytes <= maxResultBytes) return [];
  return [
    { message: `The files take ${bytes} bytes as JSON; at most ${maxResultBytes} are taken. Shorten the largest.` },
  ];
}

function secretsInside(files: Files): Found[] {
  return files.flatMap((file) =>
    findSecrets(file.content)
      .slice(0, 3)
      .map(({ name, offset }) => ({
        message: `This looks like ${name}. Read it from the environment, or write a placeholder.`,
        ...placeOf(file, offset),
      })),
  );
}

function emptyFiles(files: Files): Found[] {
  return files
    .filter(({ path, content, type }) => isCode(type) && content.trim() === '' && !mayBeEmpty.test(path))
    .map(({ path }) => ({ message: 'The file is empty. Write all of it.', file: path }));
}

const isCode = (type: ProjectFile['type']): boolean => type === 'source_code' || type === 'test';

function scriptsOnInstall(files: Files): Found[] {
  return files.filter(isPackageJson).flatMap((file) =>
    installScriptsOf(file).map((script) => ({
      message: `The script "${script}" runs whenever the project is installed.`,
      file: file.path,
      severity: 'warning' as const,
    })),
  );
}

const installScriptsOf = (file: ProjectFile): string[] => {
  const scripts = readPackageJson(file).scripts ?? {};
  return installScripts.filter((name) => name in scripts);
};
