import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDevServer } from '../../src/temporal/dev-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalAddress: string;
  }
}

/** One real dev server for all tests that need one; each test has a task queue of its own. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ptc-test-server-'));
  const server = await startDevServer(folder);
  provide('temporalAddress', server.address);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
