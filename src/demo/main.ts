import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exit } from '../cli/exit.ts';
import { followRun } from '../cli/follow-run.ts';
import { untilInterrupted } from '../cli/interruption.ts';
import { runLink } from '../cli/links.ts';
import { ptc as command, outliveReaders, print, say } from '../cli/print.ts';
import { createClient, type PtcClient } from '../client.ts';
import { type Config, loadConfig } from '../config.ts';
import { openServer, startStack } from '../dev/stack.ts';
import { projectFolder } from '../folders.ts';
import { createLogger } from '../logging.ts';
import { createParts } from '../parts.ts';
import { resolveModel } from '../providers/models.ts';
import { workerProblems } from '../readiness.ts';
import { roles } from '../roles.ts';
import { ExecutionPlan, type ExecutionPlanInput, ModelFamily } from '../schemas/plan.ts';
import { Secret } from '../secret.ts';
import { connect, type ServerPlace } from '../temporal/connection.ts';
import { type ScriptedModel, startScriptedModel } from './scripted-model.ts';

/** The whole path once: a server, a worker, a model over HTTP, a sandbox, and files on disk. Leaves nothing running. */
async function demo(interrupt: AbortSignal): Promise<number> {
  const settings = loadConfig();
  const family = ModelFamily.options.find((name) => !('missing' in resolveModel(name, settings)));
  const scripted = family ? null : await startScriptedModel({ answers });
  try {
    const config = scripted ? withScriptedModel(settings, scripted) : settings;
    const problems = await workerProblems(config, createParts(config), roles);
    if (problems.length > 0) return refuse(problems);
    const plan = await demoPlan(family ?? 'claude');
    introduce(plan, scripted !== null);
    return await run(config, plan, interrupt);
  } finally {
    await scripted?.close();
  }
}

async function run(settings: Config, plan: ExecutionPlanInput, interrupt: AbortSignal): Promise<number> {
  const server = await openServer(settings, { share: true });
  // Workers that were there before would answer with another model.
  const config = server.isOwn ? settings : { ...settings, taskQueue: plan.execution_id };
  const stack = await startStack(config, server, createLogger('error'), roles);
  try {
    const client = await connect(server.place);
    const ptc = createClient(client, config.taskQueue);
    const status = await show(ptc, plan, server.place, interrupt).finally(() => client.connection.close());
    if (server.isOwn) print(`This run in the Web UI once more: ${command} dev`);
    return status;
  } finally {
    await stack.stop();
  }
}

async function show(
  ptc: PtcClient,
  plan: ExecutionPlanInput,
  place: ServerPlace,
  interrupt: AbortSignal,
): Promise<number> {
  if (interrupt.aborted) return exit.interrupted;
  const started = await ptc.start(plan);
  print(`Run ${started.workflowId} on Temporal at ${place.found}${runLink(place, started)}\n`);
  const out = join('out', started.workflowId);
  try {
    const status = await followRun(ptc, started.workflowId, { out, force: false, json: false }, interrupt);
    print(`\nThe files: ${out}   Their tests once more: ${command} test ${resolve(out)}`);
    return status;
  } catch (error) {
    if (!interrupt.aborted) throw error;
    say('\nending the run, its worker and its server');
    await ptc.cancel(started.workflowId);
    await Promise.race([ptc.result(started.workflowId).catch(() => {}), sleep(10_000, null, { ref: false })]);
    return exit.interrupted;
  }
}

async function demoPlan(family: ModelFamily): Promise<ExecutionPlanInput> {
  const plan = ExecutionPlan.parse(
    JSON.parse(await readFile(join(projectFolder, 'examples', 'calculator.json'), 'utf8')),
  );
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return { ...plan, execution_id: `demo-${plan.execution_id}-${stamp}`, primary_llm: family };
}

function introduce({ scaffolding }: ExecutionPlanInput, scripted: boolean): void {
  print(`The plan: ${scaffolding.task_description}`);
  if (!scripted) return;
  print(
    [
      'No key is set, so a SCRIPTED model answers: two prepared answers, over HTTP on this machine, in the wire format of',
      "the vendor; nothing is billed, and tokens and dollars are what the vendor's model would take. Server, worker, SDK,",
      'parser, checks and sandbox are real. For a real model set ANTHROPIC_API_KEY, OPENROUTER_API_KEY, KIMI_API_KEY or',
      'OPENAI_API_KEY, in the environment or in .env.\n',
    ].join('\n'),
  );
}

/** The first answer forgets to check for zero; the second is the repair. */
const answers = async ({ messages }: { messages: { text: string }[] }) => ({
  text: await readFile(
    new URL(
      `./answers/round-${messages.some(({ text }) => text.startsWith('This is round')) ? 2 : 1}.md`,
      import.meta.url,
    ),
    'utf8',
  ),
  chunkDelayMs: 15,
});

const withScriptedModel = (config: Config, { url }: ScriptedModel): Config => ({
  ...config,
  providers: { ...config.providers, anthropic: { key: new Secret('sk-ant-scripted'), baseUrl: url, model: null } },
});

function refuse(problems: string[]): number {
  for (const problem of problems) say(problem);
  return exit.unreachable;
}

outliveReaders();
process.exitCode = await demo(untilInterrupted()).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return exit.failed;
});
