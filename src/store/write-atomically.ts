import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file whole or not at all: aside, synced, then renamed. Own code, since write-file-atomic takes the short
 * write of a full disk for a success; a file handle's `writeFile` goes on until all is written or it fails.
 */
export async function writeAtomically(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(aside, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
