import type { Config } from '../config.ts';
import { anthropic } from './anthropic.ts';
import { kimi } from './kimi.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { type Provider, type ProviderName, type ProviderOptions, providerNames } from './provider.ts';

/** The one list of providers. A new one is a file, a line here, and its name and variables in the settings. */
const providers: Record<ProviderName, (options: ProviderOptions) => Provider> = {
  anthropic,
  openrouter,
  kimi,
  openai,
};

/** A client for each vendor whose key is set. */
export function createProviders({
  providers: settings,
  modelDeadlines: deadlines,
  maxOutputTokens,
}: Config): Record<string, Provider> {
  const secrets = providerNames.flatMap((name) => settings[name].key ?? []);
  const created = providerNames.flatMap((name) => {
    const { key, baseUrl } = settings[name];
    if (key === null) return [];
    return [[name, providers[name]({ key, baseUrl, deadlines, maxOutputTokens, secrets })] as const];
  });
  return Object.fromEntries(created);
}
