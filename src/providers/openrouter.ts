import { openaiCompatible } from './openai-compatible.ts';
import type { Provider, ProviderOptions } from './provider.ts';

/** Every family through one key. OpenRouter's own figure for the cost is taken. */
export const openrouter = (options: ProviderOptions): Provider =>
  openaiCompatible(
    {
      name: 'openrouter',
      baseUrl: 'https://openrouter.ai/api/v1',
      tokenParam: 'max_tokens',
      maxTokens: 64_000,
      headers: { 'X-OpenRouter-Title': 'PTC' },
      marksCache: (model) => model.startsWith('anthropic/'),
    },
    options,
  );
