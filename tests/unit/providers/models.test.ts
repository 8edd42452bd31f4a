import { expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { createProviders } from '../../../src/providers/index.ts';
import { resolveModel } from '../../../src/providers/models.ts';
import { ModelFamily } from '../../../src/schemas/plan.ts';

const config = (env: NodeJS.ProcessEnv) => loadConfig(env, { envFile: 'no-such-file' });

const own = { ANTHROPIC_API_KEY: 'sk-ant-1', KIMI_API_KEY: 'sk-2', OPENAI_API_KEY: 'sk-3' };
const openrouter = { OPENROUTER_API_KEY: 'sk-or-4' };

it.each([
  ['claude', 'anthropic', 'claude-sonnet-5-5', 'anthropic/claude-sonnet-5.5'],
  ['kimi', 'kimi', 'kimi-k3', 'moonshotai/kimi-k3'],
  ['openai', 'openai', 'gpt-6-sol', 'openai/gpt-6-sol'],
] as const)(
  '%s goes to its own vendor if that key is set, else through OpenRouter',
  (family, provider, name, routed) => {
    expect(resolveModel(family, config(own))).toEqual({ provider, name });
    expect(resolveModel(family, config({ ...own, ...openrouter }))).toEqual({ provider, name });
    expect(resolveModel(family, config(openrouter))).toEqual({ provider: 'openrouter', name: routed });
  },
);

it('prefers OpenRouter where the operator does, as far as there is a key', () => {
  const preferred = { ...own, LLM_PROVIDER: 'openrouter' };
  expect(resolveModel('claude', config({ ...preferred, ...openrouter }))).toMatchObject({ provider: 'openrouter' });
  expect(resolveModel('claude', config(preferred))).toMatchObject({ provider: 'anthropic' });
});

it('names the keys that would reach a family', () => {
  expect(resolveModel('kimi', config({ ANTHROPIC_API_KEY: 'sk-ant-1' }))).toEqual({
    missing: ['KIMI_API_KEY', 'OPENROUTER_API_KEY'],
  });
});

it('takes the model that the operator names, for each family that goes that way', () => {
  const named = { ANTHROPIC_MODEL: 'claude-opus-5-5', OPENROUTER_MODEL: 'some/model' };
  const { ANTHROPIC_API_KEY } = own;
  const mixed = config({ ...openrouter, ...named, ANTHROPIC_API_KEY });
  expect(resolveModel('claude', mixed)).toEqual({ provider: 'anthropic', name: 'claude-opus-5-5' });
  expect(resolveModel('kimi', mixed)).toEqual({ provider: 'openrouter', name: 'some/model' });
  expect(resolveModel('openai', mixed)).toEqual({ provider: 'openrouter', name: 'some/model' });
});

it('resolves only to providers that exist', () => {
  for (const env of [own, openrouter]) {
    const settings = config(env);
    const providers = createProviders(settings);
    for (const family of ModelFamily.options) {
      const choice = resolveModel(family, settings);
      expect('provider' in choice && providers[choice.provider]?.name).toBe('provider' in choice && choice.provider);
    }
  }
});
