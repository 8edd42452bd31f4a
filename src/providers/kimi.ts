import { openaiCompatible } from './openai-compatible.ts';
import type { Provider, ProviderOptions } from './provider.ts';

/** Kimi, from Moonshot's international platform. Keys of the Chinese one need KIMI_BASE_URL=https://api.moonshot.cn/v1. */
export const kimi = (options: ProviderOptions): Provider =>
  openaiCompatible(
    { name: 'kimi', baseUrl: 'https://api.moonshot.ai/v1', tokenParam: 'max_completion_tokens', maxTokens: 64_000 },
    options,
  );
