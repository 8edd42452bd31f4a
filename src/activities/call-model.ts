import type { Completion, Provider } from '../providers/provider.ts';
import { Prompt } from '../schemas/prompt.ts';
import type { ModelResponse } from '../schemas/response.ts';
import type { CallModelInput, ModelChoice } from '../schemas/stages.ts';
import { Usage } from '../schemas/usage.ts';
import { getDocument, putText, type Store } from '../store/store.ts';
import { withHeartbeat } from './heartbeat.ts';

/** Asks one model once. The only step that costs money: a recorded response is never asked for again. */
export async function callModel(
  { model, prompt: reference }: CallModelInput,
  { providers, store }: { providers: Record<string, Provider>; store: Store },
): Promise<ModelResponse> {
  const provider = pick(providers, model);
  const prompt = await getDocument(store, reference, Prompt);
  const completion = await withHeartbeat(({ signal, report }) =>
    provider.complete({ model: model.name, prompt, signal, onProgress: report }),
  );
  return record(provider.name, completion, await putText(store, completion.text));
}

function pick(providers: Record<string, Provider>, { provider }: ModelChoice): Provider {
  const found = providers[provider];
  if (found) return found;
  throw new Error(
    `no key for provider "${provider}" on this worker; known: ${Object.keys(providers).join(', ') || 'none'}`,
  );
}

const record = (provider: string, completion: Completion, text: ModelResponse['text']): ModelResponse => {
  const { stop, stopReason, model, requestId } = completion;
  const usage = Usage.parse(mapCounts(completion.usage));
  const costUsd = isAmount(completion.costUsd) ? completion.costUsd : null;
  const cost = costUsd === null ? 'price unknown' : `$${costUsd.toFixed(4)}`;
  return {
    summary: `${stop} · ${usage.input} + ${usage.output} tokens · ${cost}`,
    text,
    stop,
    stopReason,
    provider,
    model,
    usage,
    costUsd,
    requestId,
  };
};

const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** A vendor's counts are not worth losing an answer for: what is no count counts as nothing. */
const mapCounts = (usage: Usage): Record<string, number> =>
  Object.fromEntries(Object.entries(usage).map(([name, value]) => [name, isAmount(value) ? Math.trunc(value) : 0]));
