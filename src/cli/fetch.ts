import { Command } from 'commander';
import { readFiles } from '../activities/draft-files.ts';
import { type PtcClient, RunFailed } from '../client.ts';
import type { Config } from '../config.ts';
import { createParts } from '../parts.ts';
import type { CodeArtifact } from '../schemas/artifact.ts';
import { Draft } from '../schemas/draft.ts';
import { getDocument } from '../store/store.ts';
import { withClient } from './connect.ts';
import { badInput } from './exit.ts';
import { count, print } from './print.ts';
import { writeArtifacts } from './write-artifacts.ts';

export const fetchCommand = new Command('fetch')
  .description("write a run's files; of one that has not ended, or failed, the best so far, from the store")
  .argument('<id>', "the plan's execution_id, or the workflow id")
  .requiredOption('--out <dir>', 'where the files go')
  .option('--force', 'replace files there that PTC did not write')
  .action(async (id: string, { out, force = false }: { out: string; force?: boolean }) => {
    await withClient(async ({ ptc, config }) => {
      const written = await writeArtifacts(await filesOf(ptc, config, id), out, { force });
      print(`${count(written.length, 'file')} in ${out}: ${written.join(', ')}`);
    });
  });

async function filesOf(ptc: PtcClient, config: Config, id: string): Promise<CodeArtifact[]> {
  const { status } = await ptc.describe(id);
  const result = status === 'RUNNING' ? null : await ptc.result(id).catch(noResult);
  if (result) return result.artifacts;
  const { draft } = await ptc.progress(id);
  if (!draft) throw badInput(`${id} has no files yet`);
  const { store } = createParts(config);
  const files = await readFiles((await getDocument(store, draft, Draft)).files, store);
  return files.map(({ path, content, type, language }) => ({
    file_path: path,
    content,
    artifact_type: type,
    language,
    description: null,
  }));
}

function noResult(error: unknown): null {
  if (error instanceof RunFailed) return null;
  throw error;
}
