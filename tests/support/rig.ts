import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { createClient, type PtcClient } from '../../src/client.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import {
  type ScriptedAnswer,
  type ScriptedFault,
  type ScriptedModel,
  type ScriptedRequest,
  startScriptedModel,
} from '../../src/demo/scripted-model.ts';
import { createLogger } from '../../src/logging.ts';
import type { Role } from '../../src/roles.ts';
import type { ServerPlace } from '../../src/temporal/connection.ts';
import { installRuntime } from '../../src/temporal/runtime.ts';
import { bundleWorkflows, startWorker, type WorkflowBundle } from '../../src/worker.ts';

export type Answer = ScriptedAnswer | ScriptedFault;

/** Everything real but the model: server, worker, SDKs over HTTP, store, sandbox. */
export interface Rig extends AsyncDisposable {
  ptc: PtcClient;
  client: Client;
  model: ScriptedModel;
  config: Config;
  server: ServerPlace;
  /** The settings as environment variables, for processes of their own. */
  env: Record<string, string>;
}

export interface RigOptions {
  /** An answer a request, in order; it fails loudly when the script runs out. A function decides by the request. */
  answers: Answer[] | ((request: ScriptedRequest) => Answer | Promise<Answer>);
  serve?: readonly Role[];
  /** More variables; a function gets the scripted model's address. */
  env?: Record<string, string> | ((modelUrl: string) => Record<string, string>);
}

/** Once a process: bundling takes longer than most runs. */
let prepared: Promise<WorkflowBundle> | null = null;

function prepare(): Promise<WorkflowBundle> {
  if (prepared) return prepared;
  installRuntime(createLogger(process.env['PTC_TEST_LOG'] ?? 'silent'), []);
  prepared = bundleWorkflows();
  return prepared;
}

export async function startRig({ answers, serve, env: extra = {} }: RigOptions): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'ptc-rig-'));
  const model = await startScriptedModel({ answers: typeof answers === 'function' ? answers : inOrder(answers) });
  const env = {
    ANTHROPIC_API_KEY: 'sk-ant-for-tests',
    ANTHROPIC_BASE_URL: model.url,
    PTC_STORE: join(folder, 'store'),
    PTC_TASK_QUEUE: `test-${randomUUID()}`,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    ...(typeof extra === 'function' ? extra(model.url) : extra),
  };
  const config = loadConfig(env, { envFile: join(folder, 'no.env') });
  const server: ServerPlace = {
    connection: { address: env.TEMPORAL_ADDRESS },
    namespace: 'default',
    uiUrl: null,
    found: env.TEMPORAL_ADDRESS,
  };
  const bundle = await prepare();
  const worker =
    serve?.length === 0 ? null : await startWorker(config, server, { bundle, ...(serve ? { serve } : {}) });
  const client = new Client({ connection: await Connection.connect({ address: env.TEMPORAL_ADDRESS }) });
  return {
    ptc: createClient(client, config.taskQueue),
    client,
    model,
    config,
    server,
    env,
    async [Symbol.asyncDispose]() {
      await worker?.drain();
      await client.connection.close();
      await model.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function inOrder(answers: Answer[]): (request: ScriptedRequest) => Answer {
  const left = [...answers];
  return () => left.shift() ?? { text: 'The script has run out: this request was not expected.', stop: 'refused' };
}

/** A plan with defaults that suit tests; each call has an execution id of its own. */
export const testPlan = (changes: Record<string, unknown> = {}, scaffolding: Record<string, unknown> = {}) => ({
  execution_id: `test-${randomUUID()}`,
  scaffolding: { task_description: 'A function that adds two numbers, in Python', ...scaffolding },
  fallback_llm: null,
  ...changes,
});

/** An answer in the prompt's own format. */
export const answerWith = (files: Record<string, string>): ScriptedAnswer => ({
  text: Object.entries(files)
    .map(([path, content]) => `### ${path}\n\n\`\`\`${path.endsWith('.py') ? 'python' : ''}\n${content}\n\`\`\``)
    .join('\n\n'),
});
