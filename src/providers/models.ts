import { type Config, keyVariable } from '../config.ts';
import type { ModelFamily } from '../schemas/plan.ts';
import type { ProviderName } from './provider.ts';

interface Family {
  vendor: Exclude<ProviderName, 'openrouter'>;
  /** The vendor's own id. */
  model: string;
  /** The id with OpenRouter: the author in front, dots in the version. */
  openrouter: string;
}

/** Which model answers for a family unless the operator names another. Ids as of November 2026. */
const families: Record<ModelFamily, Family> = {
  claude: { vendor: 'anthropic', model: 'claude-sonnet-5-5', openrouter: 'anthropic/claude-sonnet-5.5' },
  kimi: { vendor: 'kimi', model: 'kimi-k3', openrouter: 'moonshotai/kimi-k3' },
  openai: { vendor: 'openai', model: 'gpt-6-sol', openrouter: 'openai/gpt-6-sol' },
};

/** A provider, and its own id of a model. */
export interface ModelChoice {
  provider: ProviderName;
  name: string;
}

/**
 * The model that answers for a family: with its own vendor where that key is set, else through OpenRouter.
 * `missing` names the variables of which any one would make the family reachable.
 */
export function resolveModel(
  family: ModelFamily,
  { providers, preferredProvider }: Pick<Config, 'providers' | 'preferredProvider'>,
): ModelChoice | { missing: string[] } {
  const { vendor, model, openrouter } = families[family];
  const throughOpenRouter = { provider: 'openrouter', name: providers.openrouter.model ?? openrouter } as const;
  const direct = { provider: vendor, name: providers[vendor].model ?? model };
  const byPreference = preferredProvider === 'openrouter' ? [throughOpenRouter, direct] : [direct, throughOpenRouter];
  return (
    byPreference.find(({ provider }) => providers[provider].key !== null) ?? {
      missing: [keyVariable(vendor), keyVariable('openrouter')],
    }
  );
}
