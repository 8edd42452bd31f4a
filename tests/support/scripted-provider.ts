import type { Completion, CompletionRequest, Provider } from '../../src/providers/provider.ts';

type Step = Partial<Completion> | Error | ((request: CompletionRequest) => Promise<Partial<Completion>>);

const whole: Completion = {
  text: '',
  stop: 'complete',
  stopReason: 'end_turn',
  model: 'scripted-1',
  usage: { input: 10, cacheRead: 0, cacheWrite: 0, output: 5, reasoning: 0 },
  costUsd: 0.001,
  requestId: 'req_1',
};

/** A provider that follows a script, and fails loudly when it runs out. */
export function scriptedProvider(steps: Step[]): Provider {
  const left = [...steps];
  return {
    name: 'scripted',
    async complete(request) {
      const step = left.shift();
      if (step === undefined) throw new Error('the script has run out');
      if (step instanceof Error) throw step;
      return { ...whole, ...(typeof step === 'function' ? await step(request) : step) };
    },
  };
}
