import { expect, it, onTestFinished } from 'vitest';
import { type ScriptedModelOptions, startScriptedModel } from '../../src/demo/scripted-model.ts';
import { models, providerAt } from '../support/provider-bench.ts';

async function scripted(answers: ScriptedModelOptions['answers']) {
  const model = await startScriptedModel({ answers });
  onTestFinished(() => model.close());
  const provider = providerAt('anthropic', model.url);
  const ask = (content: string) =>
    provider.complete({
      model: models.anthropic,
      prompt: { version: '1', system: 'You write code.', messages: [{ role: 'user', content }] },
      signal: new AbortController().signal,
    });
  return { ask, model };
}

it('answers by what it is asked, and keeps a journal of it', async () => {
  const { ask, model } = await scripted(({ messages }) => ({ text: `you said ${messages.at(-1)?.text}` }));
  expect((await ask('one')).text).toBe('you said one');
  expect((await ask('two')).text).toBe('you said two');
  expect(model.requests.map(({ format, model: name, messages }) => [format, name, messages.length])).toEqual([
    ['anthropic', models.anthropic, 2],
    ['anthropic', models.anthropic, 2],
  ]);
});

it('counts tokens by the length of the texts, unless the script says how many', async () => {
  const { ask } = await scripted(() => ({ text: 'x'.repeat(400), usage: { input: 7 } }));
  expect((await ask('one')).usage).toMatchObject({ input: 7, output: 100 });
});

it('sends a text of any form as it is', async () => {
  const text = `\n\n\`\`\`py\nprint("ü 🙂")\n\`\`\`\n${'🙂'.repeat(50)}\r\n`;
  const { ask } = await scripted(() => ({ text }));
  expect((await ask('one')).text).toBe(text);
});

it('says what is wrong with a script, as an error that is not asked again', async () => {
  const { ask } = await scripted(() => {
    throw new Error('no answer is left');
  });
  await expect(ask('one')).rejects.toMatchObject({
    kind: 'rejected',
    message: expect.stringContaining('scripted model: no answer is left'),
  });
});

it('sends a part at a time where the script asks for a pause', async () => {
  const { ask, model } = await scripted(() => ({ text: 'x'.repeat(4000), chunkDelayMs: 5 }));
  const started = performance.now();
  expect((await ask('one')).text).toHaveLength(4000);
  expect(performance.now() - started).toBeGreaterThan(400); // a hundred chunks
  expect(model.requests[0]?.hungUp.aborted).toBe(false);
});
