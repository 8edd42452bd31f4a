import { onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import {
  type ScriptedAnswer,
  type ScriptedFault,
  type ScriptedModel,
  startScriptedModel,
} from '../../src/demo/scripted-model.ts';
import { createProviders } from '../../src/providers/index.ts';
import {
  type Completion,
  type CompletionRequest,
  type Provider,
  ProviderError,
  type ProviderName,
  providerNames,
} from '../../src/providers/provider.ts';
import type { Deadlines } from '../../src/providers/transport.ts';

export const models: Record<ProviderName, string> = {
  anthropic: 'claude-sonnet-5-5',
  openrouter: 'anthropic/claude-opus-5.5',
  kimi: 'kimi-k3',
  openai: 'gpt-6-sol',
};

/** The key that each provider of the bench is built with: of no form that gives it away. */
export const keyOf = (name: ProviderName): string => `key-of-${name}-0123456789abcdef`;

export const patient: Deadlines = { firstByteMs: 120_000, silenceMs: 120_000 };

/** A provider as the settings build it, with every key set; `env` adds to them. */
export function providerWith(name: ProviderName, env: NodeJS.ProcessEnv, modelDeadlines = patient): Provider {
  const keys = Object.fromEntries(providerNames.map((one) => [`${one.toUpperCase()}_API_KEY`, keyOf(one)]));
  const config = loadConfig({ ...keys, ...env }, { envFile: 'no-such-file' });
  const provider = createProviders({ ...config, modelDeadlines })[name];
  if (provider === undefined) throw new Error(`no provider ${name}`);
  return provider;
}

export const providerAt = (name: ProviderName, baseUrl: string, deadlines = patient): Provider =>
  providerWith(name, { [`${name.toUpperCase()}_BASE_URL`]: baseUrl }, deadlines);

export type Script = ScriptedAnswer | ScriptedFault;

/** A provider and a local server behind it that answers every request alike, and closes when the test is over. */
export async function against(name: ProviderName, script: Script, deadlines = patient) {
  const model = await startScriptedModel({ answers: () => script });
  onTestFinished(() => model.close());
  return { provider: providerAt(name, addressFor(name, model), deadlines), model };
}

/** Anthropic's SDK puts the version into the path, OpenAI's expects it in the address. */
const addressFor = (name: ProviderName, { url }: ScriptedModel): string => (name === 'anthropic' ? url : `${url}/v1`);

const prompt = { version: '1', system: 'You write code.', messages: [{ role: 'user' as const, content: 'Write.' }] };

export const ask = (provider: Provider, request: Partial<CompletionRequest> = {}): Promise<Completion> => {
  const name = providerNames.find((one) => one === provider.name) ?? 'openai';
  return provider.complete({ model: models[name], prompt, signal: new AbortController().signal, ...request });
};

export async function failureOf(answer: Promise<Completion>): Promise<ProviderError> {
  const error = await answer.then(
    () => new Error('answered'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProviderError) return error;
  throw error;
}
