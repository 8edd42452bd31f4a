import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Reference } from '../schemas/reference.ts';
import { type Store, StoreError } from './store.ts';
import { writeAtomically } from './write-atomically.ts';

/** A store in a folder: one file an entry, raw bytes, written aside, synced and renamed. Only its owner can read it. */
export function folderStore(folder: string): Store {
  const fileOf = ({ sha256 }: Reference) => join(folder, sha256.slice(0, 2), sha256.slice(2));

  /** A damaged entry counts as absent: it is written anew by the next put. */
  async function read(reference: Reference): Promise<Uint8Array | null> {
    const bytes = await readFile(fileOf(reference)).catch(absent);
    return bytes && referenceTo(bytes).sha256 === reference.sha256 ? bytes : null;
  }

  return {
    location: folder,
    async put(content) {
      const reference = referenceTo(content);
      try {
        if (await read(reference)) return reference;
        await mkdir(dirname(fileOf(reference)), { recursive: true, mode: 0o700 });
        await writeAtomically(fileOf(reference), content, 0o600);
        return reference;
      } catch (cause) {
        throw unusable(folder, cause);
      }
    },
    async get(reference) {
      const bytes = await read(reference).catch((cause: unknown) => Promise.reject(unusable(folder, cause)));
      if (bytes) return bytes;
      throw new StoreError(
        `the store ${folder} has no whole entry ${reference.sha256} (${reference.bytes} bytes); ` +
          'is this worker on the store that the run was started with (PTC_STORE)?',
      );
    },
  };
}

function referenceTo(content: Uint8Array): Reference {
  return { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.byteLength };
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

const remedies: Record<string, string> = {
  ENOSPC: 'the disk is full: free some space, and the run goes on by itself',
  EFBIG: 'the file is larger than this process may write (ulimit -f)',
  EDQUOT: 'the disk quota is used up: free some space, and the run goes on by itself',
  EACCES: 'this user may not use it: change its owner, or set PTC_STORE to another folder',
  EROFS: 'it is read-only: set PTC_STORE to another folder',
  ENOTDIR: 'a part of this path is a file: set PTC_STORE to a folder',
};

function unusable(folder: string, cause: unknown): StoreError {
  const { code = '', message = String(cause) } = cause as NodeJS.ErrnoException;
  return new StoreError(`the store ${folder} cannot be used: ${remedies[code] ?? message}`, { cause });
}
