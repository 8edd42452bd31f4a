import { calcPrice, type Provider as PriceList } from '@pydantic/genai-prices';
import type { Usage } from '../schemas/usage.ts';
import type { ProviderName } from './provider.ts';

/** The price library's names of the vendors. */
const vendors: Record<ProviderName, string> = {
  anthropic: 'anthropic',
  openrouter: 'openrouter',
  kimi: 'moonshotai',
  openai: 'openai',
};

/** What a vendor may append to an id: `-20261101`, `-2026-11-01`. */
const date = '(-\\d{8}|-\\d{4}-\\d{2}-\\d{2})?';

const list = (prices: Record<string, PriceList['models'][number]['prices']>): PriceList => ({
  id: 'own',
  name: 'own',
  api_pattern: '',
  models: Object.entries(prices).map(([id, modelPrices]) => ({
    id,
    match: { regex: `^${id}${date}$` },
    prices: modelPrices,
  })),
});

/** Above `start` tokens of input, the whole request costs more. */
const tiered = (base: number, start: number, price: number) => ({ base, tiers: [{ start, price }] });

/**
 * US dollars per million tokens, where @pydantic/genai-prices 0.1.8 has no price or a wrong one. Delete what a later
 * version of it knows.
 */
const ownPrices: Partial<Record<ProviderName, PriceList>> = {
  anthropic: list({
    // platform.claude.com, models/sonnet-5-5/overview. The library takes claude-sonnet-5's cache read, 0.20.
    'claude-sonnet-5-5': { input_mtok: 2, cache_write_mtok: 2.5, cache_read_mtok: 0.1, output_mtok: 10 },
    // github.com/kurofune/claudit, release v1.9.2.
    'claude-haiku-5-5': {
      input_mtok: tiered(0.1, 100_000, 0.5),
      cache_write_mtok: 0.125,
      cache_read_mtok: 0.01,
      output_mtok: tiered(0.5, 100_000, 2.5),
    },
  }),
  openai: list({
    // docs.laozhang.ai, announcements/gpt-6-1-sol-2026-10.
    'gpt-6.1-sol': {
      input_mtok: tiered(2, 272_000, 4),
      cache_read_mtok: tiered(0.1, 272_000, 0.2),
      output_mtok: tiered(10, 272_000, 15),
    },
  }),
  kimi: list({
    // vercel.com/ai-gateway/models/kimi-k3.1-pro. It names no price for cached input, so that counts in full.
    'kimi-k3.1-pro': { input_mtok: 2, output_mtok: 10 },
    'kimi-k3.1-pro-highspeed': { input_mtok: 4, output_mtok: 20 },
  }),
};

/** US dollars for one call, or null where no price is known: null is never zero. */
export function costOf(provider: ProviderName, model: string, usage: Usage): number | null {
  const tokens = {
    input_tokens: usage.input,
    cache_read_tokens: usage.cacheRead,
    cache_write_tokens: usage.cacheWrite,
    output_tokens: usage.output,
  };
  try {
    const own = ownPrices[provider];
    const price =
      (own && calcPrice(tokens, model, { provider: own })) ??
      calcPrice(tokens, model, { providerId: vendors[provider], timestamp: new Date() });
    return price?.total_price ?? null;
  } catch {
    return null; // the library refuses counts that contradict each other, such as more cached than read
  }
}
