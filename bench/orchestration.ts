import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { loadConfig } from '../src/config.ts';
import { startScriptedModel } from '../src/demo/scripted-model.ts';
import { createLogger } from '../src/logging.ts';
import { startDevServer } from '../src/temporal/dev-server.ts';
import { installRuntime } from '../src/temporal/runtime.ts';
import { workflowIdOf } from '../src/temporal/workflow-id.ts';
import { startWorker } from '../src/worker.ts';

/** What the orchestration of one run costs beside a bare workflow of as many no-op activities, on the same server. */
const pairs = 30;

const answer = `### add.py\n\n\`\`\`python\ndef add(a, b):\n    return a + b\n\`\`\`\n\n### test_add.py\n\n\`\`\`python\nfrom add import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n\`\`\`\n`;

const folder = await mkdtemp(join(tmpdir(), 'ptc-bench-'));
const dev = await startDevServer(folder);
const model = await startScriptedModel({ answers: () => ({ text: answer }) });
const env = {
  ANTHROPIC_API_KEY: 'sk-ant-bench',
  ANTHROPIC_BASE_URL: model.url,
  PTC_STORE: join(folder, 'store'),
  PTC_TASK_QUEUE: 'bench',
};
const config = loadConfig(env, { envFile: join(folder, 'no.env') });
installRuntime(createLogger('error'), []);
const server = { connection: { address: dev.address }, namespace: 'default', uiUrl: null, found: dev.address };
const worker = await startWorker(config, server);
const bareConnection = await NativeConnection.connect({ address: dev.address });
const bareQueues = ['bare', 'bare-models', 'bare-sandbox'];
const bundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('./no-op-workflow.ts', import.meta.url)),
  logger: Runtime.instance().logger,
});
const bare = await Promise.all(
  bareQueues.map((taskQueue, index) =>
    Worker.create({
      connection: bareConnection,
      taskQueue,
      activities: { nothing: async () => {} },
      ...(index === 0 ? { workflowBundle: bundle } : {}),
    }),
  ),
);
const bareEnded = Promise.all(bare.map((one) => one.run()));
const client = new Client({ connection: await Connection.connect({ address: dev.address }) });

interface Cost {
  overheadMs: number;
  /** The task queue of each, as the part after the workflow's own. */
  stages: string[];
}

async function measure(handle: WorkflowHandle): Promise<Cost> {
  await handle.result();
  const { startTime, closeTime } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const at = ({ eventTime }: { eventTime?: unknown }) => {
    const { seconds, nanos } = eventTime as { seconds: { toNumber(): number } | number; nanos: number };
    return Number(seconds) * 1000 + nanos / 1e6;
  };
  const started = new Map<string, number>();
  let own = 0;
  const stages: string[] = [];
  for (const event of events ?? []) {
    const queue = event.activityTaskScheduledEventAttributes?.taskQueue?.name;
    if (queue) stages.push(queue.replace(/^[^-]+/, ''));
    if (event.activityTaskStartedEventAttributes) started.set(String(event.eventId), at(event));
    const completed = event.activityTaskCompletedEventAttributes;
    if (!completed) continue;
    own += at(event) - (started.get(String(completed.startedEventId)) ?? 0);
  }
  return { overheadMs: (closeTime?.getTime() ?? 0) - startTime.getTime() - own, stages };
}

const runPlan = (round: number) => {
  const execution_id = `bench-${round}`;
  const plan = { execution_id, scaffolding: { task_description: 'add two numbers in Python' }, fallback_llm: null };
  return client.workflow.start('generateCode', {
    workflowId: workflowIdOf(execution_id),
    taskQueue: 'bench',
    args: [plan],
  });
};
const runBare = (name: string, queues: string[]) =>
  client.workflow.start('noOps', {
    workflowId: name,
    taskQueue: 'bare',
    args: [queues.map((queue) => `bare${queue}`)],
  });

const ours: number[] = [];
const sameQueues: number[] = [];
const oneQueue: number[] = [];
for (let round = -2; round < pairs; round += 1) {
  const run = await measure(await runPlan(round));
  const same = await measure(await runBare(`same-${round}`, run.stages));
  const one = await measure(
    await runBare(
      `one-${round}`,
      run.stages.map(() => ''),
    ),
  );
  if (round < 0) continue;
  ours.push(run.overheadMs);
  sameQueues.push(same.overheadMs);
  oneQueue.push(one.overheadMs);
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const show = (name: string, numbers: number[]) =>
  process.stdout.write(
    `${name.padEnd(28)} median ${median(numbers).toFixed(1)} ms, min ${Math.min(...numbers).toFixed(1)}, max ${Math.max(...numbers).toFixed(1)}\n`,
  );
process.stdout.write(`orchestration overhead: wall time less the stages' own; ${pairs} alternated rounds\n`);
show('a run of one round', ours);
show('no-ops on the same queues', sameQueues);
show('no-ops on one queue', oneQueue);
const ratio = (other: number[]) => (median(ours) / median(other)).toFixed(2);
process.stdout.write(
  `ratio ${ratio(sameQueues)} on the same queues (wanted: at most 1.15), ${ratio(oneQueue)} on one\n`,
);

for (const one of bare) one.shutdown();
await Promise.all([bareEnded, worker.drain()]);
await client.connection.close();
await bareConnection.close();
await model.close();
await dev.stop();
await rm(folder, { recursive: true, force: true });
