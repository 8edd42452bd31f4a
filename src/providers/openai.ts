import { openaiCompatible } from './openai-compatible.ts';
import type { Provider, ProviderOptions } from './provider.ts';

/** OpenAI, or with a base URL any server that speaks its format: Ollama, vLLM, llama.cpp, a gateway. */
export const openai = (options: ProviderOptions): Provider =>
  openaiCompatible(
    {
      name: 'openai',
      baseUrl: 'https://api.openai.com/v1',
      ...(options.baseUrl === null
        ? { tokenParam: 'max_completion_tokens', maxTokens: 64_000 }
        : { tokenParam: 'max_tokens', maxTokens: null }),
    },
    options,
  );
