import type { z } from 'zod';
import type { Reference } from '../schemas/reference.ts';

/** Content by its SHA-256. Putting the same content twice is one entry; nothing is ever changed in place. */
export interface Store {
  /** For messages: where this store is. */
  readonly location: string;
  /** @throws {StoreError} when it cannot be written, as on a full disk. */
  put(content: Uint8Array): Promise<Reference>;
  /** @throws {StoreError} when the entry is not there or damaged. */
  get(reference: Reference): Promise<Uint8Array>;
}

/** A store that lacks an entry or cannot be reached. Trying again helps once the cause, which the message names, is gone. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

export const putText = (store: Store, text: string): Promise<Reference> => store.put(Buffer.from(text));

export const getText = async (store: Store, reference: Reference): Promise<string> =>
  Buffer.from(await store.get(reference)).toString();

export const putDocument = (store: Store, document: unknown): Promise<Reference> =>
  putText(store, JSON.stringify(document));

/** A JSON document, parsed again: another release may have written it. */
export const getDocument = async <T>(store: Store, reference: Reference, schema: z.ZodType<T>): Promise<T> =>
  schema.parse(JSON.parse(await getText(store, reference)));
