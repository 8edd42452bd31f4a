import { Context } from '@temporalio/activity';
import type { Provider } from '../providers/provider.ts';
import type { SandboxProvider } from '../sandboxes/sandbox.ts';
import type { PlanDefaults } from '../schemas/plan.ts';
import type * as stages from '../schemas/stages.ts';
import type { Store } from '../store/store.ts';
import { acceptPlan, type ResolveModel } from './accept-plan.ts';
import { assembleResult } from './assemble-result.ts';
import { buildPrompt } from './build-prompt.ts';
import { callModel } from './call-model.ts';
import { toFailure } from './failures.ts';
import { parseResponse } from './parse-response.ts';
import { runTests } from './run-tests.ts';
import { validateArtifacts } from './validate-artifacts.ts';

/** What the stages need; a worker that does not serve a queue does without its part. */
export interface Parts {
  defaults: PlanDefaults;
  resolveModel: ResolveModel;
  providers: Record<string, Provider>;
  sandbox: SandboxProvider;
  store: Store;
  testTimeoutMs: number;
}

/** The one list of stages. Its keys are names on the wire: renaming one breaks recorded histories. */
export const createActivities = (parts: Parts) => {
  const { store } = parts;
  return {
    acceptPlan: stage((input: unknown) => acceptPlan(input, parts)),
    buildPrompt: stage((input: stages.BuildPromptInput) => buildPrompt(input, store)),
    callModel: stage((input: stages.CallModelInput) => callModel(input, parts)),
    parseResponse: stage((input: stages.ParseResponseInput) => parseResponse(input, store)),
    validateArtifacts: stage((input: stages.CheckDraftInput) => validateArtifacts(input, store)),
    runTests: stage((input: stages.CheckDraftInput) => runTests(input, sandboxLabel(), parts)),
    assembleResult: stage((input: stages.AssembleResultInput) => assembleResult(input, store)),
  };
};

export type Activities = ReturnType<typeof createActivities>;

/** One log line for each stage, and a part's own errors as failures. */
const stage =
  <Input, Output extends { summary: string }>(work: (input: Input) => Promise<Output>) =>
  async (input: Input): Promise<Output> => {
    const { log, info } = Context.current();
    const about = { stage: info.activityType, round: roundOf(input) };
    try {
      const output = await work(input);
      log.info(output.summary, about);
      return output;
    } catch (error) {
      const failure = toFailure(error);
      log.warn(failure instanceof Error ? failure.message : String(failure), { ...about, attempt: info.attempt });
      throw failure;
    }
  };

const roundOf = (input: unknown): unknown =>
  typeof input === 'object' && input && 'round' in input ? input.round : undefined;

function sandboxLabel(): string {
  const { workflowExecution, activityId, attempt } = Context.current().info;
  return `${workflowExecution?.runId ?? 'standalone'}-${activityId}-${attempt}`;
}
