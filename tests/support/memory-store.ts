import { createHash } from 'node:crypto';
import { type Store, StoreError } from '../../src/store/store.ts';

/** A store for tests of single activities; `lost` entries behave as a damaged or missing file does. */
export function memoryStore(): Store & { lose(sha256: string): void } {
  const entries = new Map<string, Uint8Array>();
  return {
    location: 'memory',
    async put(content) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      entries.set(sha256, content);
      return { sha256, bytes: content.byteLength };
    },
    async get({ sha256 }) {
      const found = entries.get(sha256);
      if (found) return found;
      throw new StoreError(`memory has no ${sha256}`);
    },
    lose: (sha256) => void entries.delete(sha256),
  };
}
