import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { loadConfig } from '../../src/config.ts';
import { type ScriptedAnswer, type ScriptedFault, startScriptedModel } from '../../src/demo/scripted-model.ts';
import { projectFolder } from '../../src/folders.ts';
import { createLogger } from '../../src/logging.ts';
import { findTemporalCli } from '../../src/temporal/cli-binary.ts';
import { startDevServer } from '../../src/temporal/dev-server.ts';
import { installRuntime } from '../../src/temporal/runtime.ts';
import { workflowIdOf } from '../../src/temporal/workflow-id.ts';
import { startWorker } from '../../src/worker.ts';

/** Records a history for each way through the workflow: `node tests/replay/record.ts`, for a release that changes its shape. */
const wrong = {
  text: '### add.py\n```python\ndef add(a, b):\n    return a - b\n```\n\n### test_add.py\n```python\nfrom add import add\n\n\ndef test_add():\n    assert add(2, 3) == 5\n```\n',
};
const right = { text: '### add.py\n```python\ndef add(a, b):\n    return a + b\n```\n' };
const rejected: ScriptedFault = (response) => {
  response
    .writeHead(401, { 'content-type': 'application/json' })
    .end('{"type":"error","error":{"type":"authentication_error"}}');
};
const silent: ScriptedFault = () => {};
const ruby = { text: '### lib/add.rb\n```ruby\nputs 1\n```\n\n### spec/add_spec.rb\n```ruby\nputs 2\n```\n' };

const shapes: Record<string, { answers: (ScriptedAnswer | ScriptedFault)[]; plan?: Record<string, unknown> }> = {
  'refined-to-success': { answers: [wrong, right] },
  'failed-after-a-usable-round': { answers: [wrong, rejected] },
  'failed-before-a-usable-round': { answers: [rejected] },
  'out-of-rounds': { answers: [{ text: 'No.' }, wrong], plan: { max_iterations: 2 } },
  'out-of-time': { answers: [wrong, silent], plan: { timeout_seconds: 30 } },
  'tests-unavailable': { answers: [ruby] },
  'without-tests': { answers: [right], plan: { enable_testing: false } },
  'invalid-plan': { answers: [], plan: { max_iterations: 0 } },
};

const folder = await mkdtemp(join(tmpdir(), 'ptc-record-'));
const dev = await startDevServer(folder);
let left: (ScriptedAnswer | ScriptedFault)[] = [];
const model = await startScriptedModel({ answers: () => left.shift() ?? rejected });
const config = loadConfig(
  { ANTHROPIC_API_KEY: 'sk-ant-recorded', ANTHROPIC_BASE_URL: model.url, PTC_STORE: join(folder, 'store') },
  { envFile: join(folder, 'no.env') },
);
installRuntime(createLogger('error'), []);
const server = { connection: { address: dev.address }, namespace: 'default', uiUrl: null, found: dev.address };
const worker = await startWorker(config, server);
const client = new Client({ connection: await Connection.connect({ address: dev.address }) });
for (const [name, { answers, plan }] of Object.entries(shapes)) {
  left = [...answers];
  const input = {
    execution_id: name,
    scaffolding: { task_description: 'Add two numbers, in Python' },
    fallback_llm: null,
    ...plan,
  };
  const handle = await client.workflow.start('generateCode', {
    workflowId: workflowIdOf(name),
    taskQueue: 'ptc',
    args: [input],
  });
  await handle.result().catch(() => {});
  const file = fileURLToPath(new URL(`./histories/${name}.json`, import.meta.url));
  await writeFile(file, await historyOf(handle.workflowId));
}
await worker.drain();
await client.connection.close();
await model.close();
await dev.stop();
await rm(folder, { recursive: true, force: true });

/** As Temporal's command line writes it: the form that replays read, and that the Web UI's download has, too. */
async function historyOf(workflowId: string): Promise<string> {
  const args = ['workflow', 'show', '--workflow-id', workflowId, '--address', dev.address, '--output', 'json'];
  const { stdout } = await promisify(execFile)((await findTemporalCli()) ?? 'temporal', args, { maxBuffer: 2 ** 26 });
  // Stack traces name the machine that recorded them.
  return stdout.replaceAll(projectFolder.replace(/\/$/, ''), '/ptc');
}
