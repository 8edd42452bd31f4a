import { createHash } from 'node:crypto';
import { access, constants, lstat, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import type { CodeArtifact } from '../schemas/artifact.ts';
import { writeAtomically } from '../store/write-atomically.ts';
import { safePath } from '../validation/paths.ts';
import { badInput, reason } from './exit.ts';

/** What was written here before, by path and SHA-256: only such files may be replaced without `--force`. */
const recordName = '.ptc-files.json';
const Written = z.record(z.string(), z.string());

/** Writes all files into a folder, or none: never outside of it, never over a file that PTC did not write. Returns their paths. */
export async function writeArtifacts(
  artifacts: CodeArtifact[],
  folder: string,
  { force }: { force: boolean },
): Promise<string[]> {
  if (artifacts.length === 0) return [];
  const before = await readRecord(folder);
  const refusals = await Promise.all([
    ...artifacts.map((artifact) => refusal(artifact, folder, before, force)),
    refuseLink(recordName, folder),
  ]);
  const refused = refusals.filter((line) => line !== null);
  if (refused.length > 0) throw badInput(`nothing was changed:\n${refused.map((line) => `- ${line}`).join('\n')}`);
  for (const { file_path, content } of artifacts) {
    const target = join(folder, file_path);
    await mkdir(dirname(target), { recursive: true });
    await writeAtomically(target, content);
  }
  const now = Object.fromEntries(artifacts.map(({ file_path, content }) => [file_path, digest(content)]));
  await writeAtomically(join(folder, recordName), JSON.stringify({ ...before, ...now }, null, 2));
  return artifacts.map(({ file_path }) => file_path);
}

/** Found out before a run costs anything. @throws {CommandError} where no folder can be made or written. */
export async function refuseUnwritable(folder: string): Promise<void> {
  try {
    const entry = await stat(folder).catch(absent);
    if (!entry) return await refuseUnwritable(dirname(resolve(folder)));
    await access(`${folder}/.`, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw badInput(`${folder} cannot be written: ${reason(error)}`);
  }
}

async function refusal(
  { file_path, content }: CodeArtifact,
  folder: string,
  before: Record<string, string>,
  force: boolean,
): Promise<string | null> {
  if (safePath(file_path) !== file_path || file_path === recordName)
    return `${JSON.stringify(file_path)} is no safe path`;
  const link = await refuseLink(file_path, folder);
  if (link) return link;
  try {
    const there = await readFile(join(folder, file_path)).catch(absent);
    const known = there === null || force || [digest(content), before[file_path]].includes(digest(there));
    return known ? null : `${file_path} is there, and not as PTC wrote it; --force replaces it`;
  } catch (error) {
    return `${file_path} cannot be replaced: ${reason(error)}`;
  }
}

/** Any part of a path may be a symbolic link. */
async function refuseLink(path: string, folder: string): Promise<string | null> {
  const root = resolve(folder);
  for (let part = resolve(root, path); part !== root; part = dirname(part)) {
    const entry = await lstat(part).catch(() => null);
    if (entry?.isSymbolicLink()) return `${relative(root, part)} is a link, and may lead out of the folder`;
  }
  return null;
}

async function readRecord(folder: string): Promise<Record<string, string>> {
  try {
    return Written.parse(JSON.parse(await readFile(join(folder, recordName), 'utf8')));
  } catch {
    return {};
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
