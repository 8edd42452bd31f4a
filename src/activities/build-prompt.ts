import { languageNamed, languageOf } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
import { taskPrompt } from '../prompts/generate.ts';
import { refinementPrompt } from '../prompts/refine.ts';
import { promptVersion, systemPrompt } from '../prompts/system.ts';
import { testGenerationPrompt } from '../prompts/tests.ts';
import { Draft } from '../schemas/draft.ts';
import { isError } from '../schemas/finding.ts';
import { ExecutionPlan } from '../schemas/plan.ts';
import type { Prompt } from '../schemas/prompt.ts';
import type { BuildPromptInput, BuiltPrompt } from '../schemas/stages.ts';
import { getDocument, putDocument, type Store } from '../store/store.ts';
import { readFiles } from './draft-files.ts';

/** Writes what the model is asked: the task, and after the first round what was found and what to do about it. */
export async function buildPrompt(input: BuildPromptInput, store: Store): Promise<BuiltPrompt> {
  const { plan: reference, draft } = input;
  const plan = await getDocument(store, reference, ExecutionPlan);
  const messages = [
    taskPrompt(plan),
    ...(draft ? [await refine(input, plan, await getDocument(store, draft, Draft), store)] : []),
  ];
  const prompt: Prompt = {
    version: promptVersion,
    system: systemPrompt(languagesOf(plan), plan.enable_testing),
    messages: messages.map((content) => ({ role: 'user', content })),
  };
  const bytes = messages.reduce((total, content) => total + content.length, prompt.system.length);
  return {
    summary: `${draft ? 'refinement' : 'generation'} prompt, ${Math.ceil(bytes / 1024)} KB`,
    prompt: await putDocument(store, prompt),
  };
}

async function refine(
  { round, approach }: BuildPromptInput,
  plan: ExecutionPlan,
  draft: Draft,
  store: Store,
): Promise<string> {
  const files = await readFiles(draft.files, store);
  const findings = [...draft.findings, ...(draft.tests?.findings ?? [])];
  const errors = findings.filter(isError);
  if (errors.length > 0 && errors.every(({ code }) => code === 'no-test-file')) return testGenerationPrompt(files);
  return refinementPrompt({ round, maxRounds: plan.max_iterations ?? round, approach, files, findings });
}

/** The languages that the plan speaks of: by its file structure, then by words in it. */
function languagesOf({ scaffolding }: ExecutionPlan): Language[] {
  const byPath = Object.keys(scaffolding.file_structure ?? {}).map(languageOf);
  const words =
    `${scaffolding.task_description} ${scaffolding.requirements.join(' ')} ${scaffolding.dependencies.join(' ')}`
      .toLowerCase()
      .split(/[^a-z0-9+#]+/);
  const found = byPath.some(Boolean) ? byPath : words.filter((word) => word.length > 2).map(languageNamed);
  return [...new Set(found.filter((language) => language !== null && language !== undefined))];
}
