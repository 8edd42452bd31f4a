import type { Parts } from './activities/index.ts';
import type { Config } from './config.ts';
import { createProviders } from './providers/index.ts';
import { resolveModel } from './providers/models.ts';
import { createSandbox } from './sandboxes/index.ts';
import { folderStore } from './store/folder.ts';

/** Long enough for a real suite, short enough that an endless loop leaves time for another round. */
const testTimeoutMs = 120_000;

/** The parts that the settings ask for, each built once a process. */
export const createParts = (config: Config): Parts => ({
  defaults: config.planDefaults,
  resolveModel: (family) => resolveModel(family, config),
  providers: createProviders(config),
  sandbox: createSandbox(config.sandbox, config.sandboxFolder === null ? {} : { stagingRoot: config.sandboxFolder }),
  store: folderStore(config.storeFolder),
  testTimeoutMs,
});
