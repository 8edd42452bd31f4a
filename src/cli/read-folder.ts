import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artifactTypeOf } from '../languages/artifact-type.ts';
import { languageOf } from '../languages/index.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import { badInput, reason } from './exit.ts';

/** What is installed, built or kept by tools is no part of a project. */
const skipped = new Set([
  'node_modules',
  '.git',
  '.venv',
  'venv',
  '__pycache__',
  '.pytest_cache',
  'target',
  '.ptc',
  '.ptc-files.json',
]);
const largestBytes = 4 * 1024 * 1024;

/** The text files of a folder, in order of their paths. Links and binary files are left out. */
export async function readFolder(folder: string): Promise<ProjectFile[]> {
  const files = await collect(folder, '').catch((error: unknown) => {
    throw badInput(`${folder} cannot be read: ${reason(error)}`);
  });
  if (files.length === 0) throw badInput(`${folder} has no text files`);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function collect(folder: string, prefix: string): Promise<ProjectFile[]> {
  const entries = (await readdir(join(folder, prefix), { withFileTypes: true })).filter(
    ({ name }) => !skipped.has(name),
  );
  const parts = await Promise.all(
    entries.map(async (entry) => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (entry.isDirectory()) return collect(folder, path);
      return entry.isFile() ? read(folder, path) : [];
    }),
  );
  return parts.flat();
}

async function read(folder: string, path: string): Promise<ProjectFile[]> {
  const bytes = await readFile(join(folder, path));
  if (bytes.byteLength > largestBytes || bytes.includes(0)) return [];
  return [{ path, content: bytes.toString(), type: artifactTypeOf(path), language: languageOf(path)?.name ?? null }];
}
