import type { ProjectFile } from '../schemas/artifact.ts';
import { nodeTest } from './node-test.ts';
import { pytest } from './pytest.ts';
import type { Runner } from './runner.ts';

export const runners: readonly Runner[] = [pytest, nodeTest];

/**
 * The runner for these files, or the one that is wanted by name; null where it has no tests among them.
 * @throws for a name that is not on the list.
 */
export function runnerFor(files: ProjectFile[], wanted?: string): Runner | null {
  if (wanted === undefined) return runners.find((runner) => runner.detects(files)) ?? null;
  const found = runners.find(({ name }) => name === wanted);
  if (found === undefined)
    throw new Error(`unknown runner "${wanted}"; known: ${runners.map(({ name }) => name).join(', ')}`);
  return found.detects(files) ? found : null;
}
