import type { Parts } from './activities/index.ts';
import { type Config, keyProblems, keyVariable } from './config.ts';
import { providerNames } from './providers/provider.ts';
import type { Role } from './roles.ts';

/** What keeps a worker from its work, each with its remedy. */
export async function workerProblems(config: Config, parts: Parts, serve: readonly Role[]): Promise<string[]> {
  return [
    ...(serve.includes('models') ? keyTrouble(config) : []),
    ...(await storeProblems(parts)),
    ...(serve.includes('sandbox') ? await parts.sandbox.problems() : []),
  ];
}

function keyTrouble(config: Config): string[] {
  const none = providerNames.every((name) => config.providers[name].key === null);
  if (none) return [`no model can be reached: set one of ${providerNames.map(keyVariable).join(', ')}`];
  return keyProblems(config);
}

/** Found by writing and reading an entry. */
export async function storeProblems({ store }: Pick<Parts, 'store'>): Promise<string[]> {
  try {
    await store.get(await store.put(Buffer.from('ptc')));
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
