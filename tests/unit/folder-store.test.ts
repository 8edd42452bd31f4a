import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectFolder } from '../../src/folders.ts';
import { folderStore } from '../../src/store/folder.ts';
import { getText, putText, type Store } from '../../src/store/store.ts';

describe('the store in a folder', () => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ptc-store-'));
    store = folderStore(join(folder, 'store'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const fileOf = (sha256: string) => join(folder, 'store', sha256.slice(0, 2), sha256.slice(2));

  it('gives back the bytes it was given', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(Buffer.from(await store.get(await store.put(bytes)))).toEqual(Buffer.from(bytes));
    expect(await getText(store, await putText(store, '123'))).toBe('123');
    expect(await getText(store, await putText(store, ''))).toBe('');
  });

  it('keeps one entry for the same content, and no temporary file', async () => {
    const references = await Promise.all(Array.from({ length: 20 }, () => putText(store, 'the same')));
    expect(new Set(references.map(({ sha256 }) => sha256)).size).toBe(1);
    const names = (await readdir(join(folder, 'store'), { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(names).toHaveLength(1);
  });

  it('lets only its owner read it', async () => {
    const { sha256 } = await putText(store, 'a plan');
    expect((await stat(fileOf(sha256))).mode & 0o077).toBe(0);
  });

  it('takes a damaged entry for absent, and mends it with the next put', async () => {
    const reference = await putText(store, 'whole');
    await writeFile(fileOf(reference.sha256), 'who');
    await expect(store.get(reference)).rejects.toThrow(reference.sha256);
    await putText(store, 'whole');
    expect(await readFile(fileOf(reference.sha256), 'utf8')).toBe('whole');
  });

  it('names key and store when an entry is missing', async () => {
    const reference = { sha256: 'a'.repeat(64), bytes: 5 };
    await expect(store.get(reference)).rejects.toThrow(new RegExp(`${folder}.*${reference.sha256}`));
  });

  it('writes an entry whole or not at all, where the disk takes only a part of it', async () => {
    const script = `
      import { folderStore } from ${JSON.stringify(join(projectFolder, 'src/store/folder.ts'))};
      await folderStore(process.argv[1]).put(Buffer.alloc(100_000)).then(() => console.log('put'), (error) => console.log(error.message));`;
    const limited = ['-c', 'trap "" XFSZ; ulimit -f 32; exec "$0" --input-type=module -e "$1" "$2"'];
    const { stdout } = await promisify(execFile)('sh', [...limited, process.execPath, script, join(folder, 'store')]);
    expect(stdout).toMatch(/cannot be used: the file is larger/);
    const left = await readdir(join(folder, 'store'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  it('says what to do where it cannot write', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(putText(folderStore(join(folder, 'file')), 'text')).rejects.toThrow(/set PTC_STORE to a folder/);
  });
});
