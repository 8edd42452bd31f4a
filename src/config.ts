import { join, resolve } from 'node:path';
import { readEnvironment, type Settings } from './environment.ts';
import { projectFolder } from './folders.ts';
import { type ProviderName, providerNames } from './providers/provider.ts';
import type { PlanDefaults } from './schemas/plan.ts';
import { printingNamesOnly, type Secret } from './secret.ts';

export { ConfigError } from './environment.ts';

/** How to reach one vendor. Null means not set: no key, the vendor's own address, the family's default model. */
interface ProviderSettings {
  key: Secret | null;
  baseUrl: string | null;
  model: string | null;
}

/** All that an operator may set, parsed once. Times are in milliseconds unless the name says otherwise. */
export interface Config {
  providers: Record<ProviderName, ProviderSettings>;
  /** `openrouter` sends every family through OpenRouter; any other value, or none, prefers each family's own vendor. */
  preferredProvider: ProviderName | null;
  modelDeadlines: { firstByteMs: number; silenceMs: number };
  /** Null: a generous limit with the vendors, none with an OpenAI-compatible server of one's own. */
  maxOutputTokens: number | null;
  planDefaults: PlanDefaults;
  maxConcurrentExecutions: number;
  logLevel: Settings['PTC_LOG_LEVEL'];
  taskQueue: string;
  /** What is kept from one time to the next: the dev server's runs, and the store unless it has a place of its own. */
  stateFolder: string;
  storeFolder: string;
  sandbox: Settings['PTC_SANDBOX'];
  /** Where sandboxes are staged; null leaves the place to the sandbox. */
  sandboxFolder: string | null;
  /** Temporal's own variables, its key among them, for @temporalio/envconfig. */
  temporal: Record<string, string>;
}

export interface LoadOptions {
  /** A file of `NAME=value` lines, relative to the working folder; it may be missing. */
  envFile?: string;
}

/**
 * Reads the settings from the environment and from `.env`; where both name one, the environment wins.
 * @throws {ConfigError} naming every variable that is wrong, and what it may be.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, { envFile = '.env' }: LoadOptions = {}): Config {
  const { settings, variables } = readEnvironment(env, envFile);
  const stateFolder = resolve(projectFolder, settings.PTC_STATE_DIR);
  return {
    providers: providerSettings(settings),
    preferredProvider: settings.LLM_PROVIDER ?? null,
    modelDeadlines: {
      firstByteMs: settings.PTC_FIRST_BYTE_SECONDS * 1000,
      silenceMs: settings.PTC_SILENCE_SECONDS * 1000,
    },
    maxOutputTokens: settings.PTC_MAX_OUTPUT_TOKENS ?? null,
    planDefaults: { timeoutSeconds: settings.DEFAULT_TIMEOUT, maxIterations: settings.DEFAULT_MAX_ITERATIONS },
    maxConcurrentExecutions: settings.MAX_CONCURRENT_EXECUTIONS,
    logLevel: settings.PTC_LOG_LEVEL,
    taskQueue: settings.PTC_TASK_QUEUE,
    stateFolder,
    storeFolder: settings.PTC_STORE ? resolve(projectFolder, settings.PTC_STORE) : join(stateFolder, 'store'),
    sandbox: settings.PTC_SANDBOX,
    sandboxFolder: settings.PTC_SANDBOX_DIR ?? null,
    temporal: temporalVariables(variables),
  };
}

const temporalVariables = (variables: NodeJS.ProcessEnv): Record<string, string> =>
  printingNamesOnly(
    Object.fromEntries(
      Object.entries(variables).flatMap(([name, text]) =>
        name.startsWith('TEMPORAL_') && text !== undefined ? [[name, text]] : [],
      ),
    ),
  );

const providerSettings = (settings: Settings): Config['providers'] => ({
  anthropic: {
    key: settings.ANTHROPIC_API_KEY ?? null,
    baseUrl: settings.ANTHROPIC_BASE_URL ?? null,
    model: settings.ANTHROPIC_MODEL ?? null,
  },
  openrouter: {
    key: settings.OPENROUTER_API_KEY ?? null,
    baseUrl: settings.OPENROUTER_BASE_URL ?? null,
    model: settings.OPENROUTER_MODEL ?? null,
  },
  kimi: {
    key: settings.KIMI_API_KEY ?? settings.MOONSHOT_API_KEY ?? null,
    baseUrl: settings.KIMI_BASE_URL ?? null,
    model: settings.KIMI_MODEL ?? null,
  },
  openai: {
    key: settings.OPENAI_API_KEY ?? null,
    baseUrl: settings.OPENAI_BASE_URL ?? null,
    model: settings.OPENAI_MODEL ?? null,
  },
});

const keyPrefixes: Partial<Record<ProviderName, string>> = { anthropic: 'sk-ant-', openrouter: 'sk-or-' };

/** What is odd about the form of each key, in words for the operator. A server of one's own may use any key. */
export function keyProblems({ providers }: Config): string[] {
  return providerNames.flatMap((name) => {
    const { key, baseUrl } = providers[name];
    const problem = key !== null && baseUrl === null ? keyProblem(name, key.reveal()) : null;
    return problem === null ? [] : [problem];
  });
}

function keyProblem(name: ProviderName, key: string): string | null {
  const owner = providerNames.find((other) => key.startsWith(keyPrefixes[other] ?? '\0'));
  if (owner !== undefined && owner !== name)
    return `${keyVariable(name)} holds a key of ${owner} (it begins with ${keyPrefixes[owner]}): it belongs into ${keyVariable(owner)}`;
  const prefix = keyPrefixes[name];
  if (prefix === undefined || key.startsWith(prefix)) return null;
  return `${keyVariable(name)} does not hold a key of ${name}: those begin with ${prefix}`;
}

/** The variable that holds the key of a provider. */
export const keyVariable = (name: ProviderName): string => `${name.toUpperCase()}_API_KEY`;
