import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { followRun } from '../cli/follow-run.ts';
import { runLink } from '../cli/links.ts';
import { print } from '../cli/print.ts';
import { createClient } from '../client.ts';
import { type Config, loadConfig } from '../config.ts';
import { startStack } from '../dev/stack.ts';
import { projectFolder } from '../folders.ts';
import { createLogger } from '../logging.ts';
import { createParts } from '../parts.ts';
import { resolveModel } from '../providers/models.ts';
import { workerProblems } from '../readiness.ts';
import { roles } from '../roles.ts';
import { ExecutionPlan, type ExecutionPlanInput, ModelFamily } from '../schemas/plan.ts';
import { Secret } from '../secret.ts';
import { connect } from '../temporal/connection.ts';
import { type ScriptedModel, startScriptedModel } from './scripted-model.ts';

/** The whole path once: a server, a worker, a model over HTTP, a sandbox, and files on disk. Leaves nothing running. */
async function demo(): Promise<number> {
  const settings = loadConfig();
  const family = ModelFamily.options.find((name) => !('missing' in resolveModel(name, settings)));
  const scripted = family ? null : await startScriptedModel({ answers });
  try {
    return await run(
      scripted ? withScriptedModel(settings, scripted) : settings,
      family ?? 'claude',
      scripted !== null,
    );
  } finally {
    await scripted?.close();
  }
}

async function run(config: Config, family: ModelFamily, scripted: boolean): Promise<number> {
  const problems = await workerProblems(config, createParts(config), roles);
  if (problems.length > 0) return refuse(problems);
  const plan = await demoPlan(family);
  introduce(plan, scripted);
  const stack = await startStack(config, createLogger('error'), roles);
  const client = await connect(stack.server);
  try {
    const ptc = createClient(client, config.taskQueue);
    const started = await ptc.start(plan);
    print(`Run ${started.workflowId} on Temporal at ${stack.server.found}${runLink(stack.server, started)}\n`);
    const out = join('out', started.workflowId);
    const status = await followRun(ptc, started.workflowId, { out, force: false, json: false });
    if (scripted) print("  (tokens and dollars are what the vendor's model would have taken; nothing was billed)");
    print(
      `\nThe files: ${relative(process.cwd(), join(process.cwd(), out))}   Their tests once more: npm run ptc -- test ${out}`,
    );
    print('This run in the Web UI once more: npm run ptc -- dev');
    return status;
  } finally {
    await client.connection.close();
    await stack.stop();
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
    "No key is set, so a SCRIPTED model answers: two prepared answers, over HTTP on this machine, in the vendor's own",
  );
  print(
    'wire format. Server, worker, SDK, parser, checks and sandbox are real. For a real model set ANTHROPIC_API_KEY,',
  );
  print('OPENROUTER_API_KEY, KIMI_API_KEY or OPENAI_API_KEY, in the environment or in .env.\n');
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
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return 3;
}

process.exitCode = await demo().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
