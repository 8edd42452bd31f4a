import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { CodeArtifact } from '../schemas/artifact.ts';
import { safePath } from '../validation/paths.ts';
import { badInput } from './exit.ts';

/** What was written here before, by path and SHA-256: only such files may be replaced without `--force`. */
const recordName = '.ptc-files.json';
const Written = z.record(z.string(), z.string());

/** Writes all files into a folder, or none: never outside of it, never over a file that PTC did not write. Returns their paths. */
export async function writeArtifacts(
  artifacts: CodeArtifact[],
  folder: string,
  { force }: { force: boolean },
): Promise<string[]> {
  const before = await readRecord(folder);
  const refused = (await Promise.all(artifacts.map((artifact) => refusal(artifact, folder, before, force)))).filter(
    Boolean,
  );
  if (refused.length > 0)
    throw badInput(`nothing was written to ${folder}:\n${refused.map((line) => `- ${line}`).join('\n')}`);
  for (const { file_path, content } of artifacts) {
    const target = join(folder, file_path);
    await mkdir(dirname(target), { recursive: true });
    await writeFileAtomic(target, content);
  }
  const now = Object.fromEntries(artifacts.map(({ file_path, content }) => [file_path, digest(content)]));
  if (artifacts.length > 0)
    await writeFileAtomic(join(folder, recordName), JSON.stringify({ ...before, ...now }, null, 2));
  return artifacts.map(({ file_path }) => file_path);
}

async function refusal(
  { file_path, content }: CodeArtifact,
  folder: string,
  before: Record<string, string>,
  force: boolean,
): Promise<string | null> {
  if (safePath(file_path) !== file_path) return `${JSON.stringify(file_path)} is no safe path`;
  const link = await firstLink(folder, file_path);
  if (link) return `${link} is a link, and may lead out of the folder`;
  const there = await readFile(join(folder, file_path)).catch(() => null);
  if (there === null || force) return null;
  const known = [digest(content), before[file_path]];
  return known.includes(digest(there)) ? null : `${file_path} is there, and not as PTC wrote it; --force replaces it`;
}

/** The first part of a path that is a symbolic link. */
async function firstLink(folder: string, path: string): Promise<string | null> {
  const target = resolve(folder, path);
  for (let part = target; part !== resolve(folder); part = dirname(part)) {
    const isLink = await lstat(part).then(
      (entry) => entry.isSymbolicLink(),
      () => false,
    );
    if (isLink) return relative(resolve(folder), part);
  }
  return null;
}

async function readRecord(folder: string): Promise<Record<string, string>> {
  const text = await readFile(join(folder, recordName), 'utf8').catch(() => '{}');
  try {
    return Written.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
