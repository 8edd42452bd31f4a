import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkflows, type WorkflowBundle } from '../../src/worker.ts';

const folder = new URL('./histories/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
const read = async (name: string) => JSON.parse(await readFile(new URL(name, folder), 'utf8'));
const payloadConverterPath = fileURLToPath(new URL('../../src/temporal/payload-converter.ts', import.meta.url));

describe('a recorded run', () => {
  let workflowBundle: WorkflowBundle;
  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    workflowBundle = await bundleWorkflows();
  });

  async function replay(history: unknown): Promise<Error | undefined> {
    const replayed = Worker.runReplayHistories({ workflowBundle, dataConverter: { payloadConverterPath } }, [
      { workflowId: 'ptc-recorded', history },
    ]);
    for await (const { error } of replayed) return error;
    throw new Error('nothing was replayed');
  }

  it('is there for every way through the workflow', () => {
    expect(names.length).toBeGreaterThanOrEqual(8);
  });

  it.each(names)('replays: %s', async (name) => {
    expect(await replay(await read(name))).toBeUndefined();
  });

  it('does not replay when its stages come in another order', async () => {
    const text = JSON.stringify(await read('refined-to-success.json'));
    const other = text
      .replaceAll('"parseResponse"', '"validateArtifacts!"')
      .replaceAll('"validateArtifacts"', '"parseResponse"');
    expect(await replay(JSON.parse(other))).toBeInstanceOf(Error);
  });
});
