import { expect, it } from 'vitest';
import { costOf } from '../../../src/providers/prices.ts';
import type { ProviderName } from '../../../src/providers/provider.ts';
import type { Usage } from '../../../src/schemas/usage.ts';

const million = 1_000_000;
const none: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

it.each<[ProviderName, string, Partial<Usage>, number]>([
  ['anthropic', 'claude-sonnet-5-5', { input: million }, 2],
  ['anthropic', 'claude-sonnet-5-5', { input: million, cacheRead: million }, 0.1],
  ['anthropic', 'claude-sonnet-5-5', { input: million, cacheWrite: million }, 2.5],
  ['anthropic', 'claude-sonnet-5-5', { output: million }, 10],
  ['anthropic', 'claude-opus-5-5', { input: 10_000, output: 1000 }, 0.06],
  ['anthropic', 'claude-haiku-5-5', { input: 100_000, output: 1000 }, 0.0105],
  ['anthropic', 'claude-haiku-5-5', { input: 200_000, output: 1000 }, 0.1025],
  ['openai', 'gpt-6-sol', { input: 100_000, cacheRead: 50_000, output: 10_000 }, 0.21],
  ['openai', 'gpt-6.1-sol', { input: 100_000, cacheRead: 50_000, output: 10_000 }, 0.205],
  ['openai', 'gpt-6.1-sol', { input: 300_000, output: 10_000 }, 1.35],
  ['kimi', 'kimi-k3', { input: 100_000, cacheRead: 50_000, output: 10_000 }, 0.315],
  ['kimi', 'kimi-k3.1-pro', { input: 100_000, output: 10_000 }, 0.3],
  ['kimi', 'kimi-k3.1-pro-highspeed', { input: 100_000, output: 10_000 }, 0.6],
  ['anthropic', 'claude-sonnet-5-5-20261007', { input: million, cacheRead: million }, 0.1],
  ['openrouter', 'moonshotai/kimi-k3', { input: 100_000, output: 10_000 }, 0.45],
])('%s %s with %j costs $%d', (provider, model, usage, dollars) => {
  expect(costOf(provider, model, { ...none, ...usage })).toBeCloseTo(dollars, 10);
});

it('has no price for what it does not know, nor for counts that contradict each other', () => {
  expect(costOf('openai', 'qwen3-coder', { ...none, input: 100 })).toBeNull();
  expect(costOf('anthropic', 'claude-opus-5-5', { ...none, input: 10, cacheRead: 100 })).toBeNull();
});
