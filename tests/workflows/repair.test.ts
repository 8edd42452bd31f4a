import { describe, expect, it } from 'vitest';
import { renderFiles } from '../../src/parsing/render-files.ts';
import { startRig, testPlan } from '../support/rig.ts';

const module_ = (name: string, body: string) => ({
  path: `shop/${name}.py`,
  language: 'python',
  content: `"""The ${name} of a shop."""\n\n\ndef ${name}(value: int) -> int:\n${body}\n`,
});
const names = ['price', 'tax', 'discount', 'total'];
const right = [
  ...names.map((name) => module_(name, '    return value + 1')),
  { path: 'shop/__init__.py', language: 'python', content: '"""A shop."""\n' },
  {
    path: 'tests/test_shop.py',
    language: 'python',
    content: names
      .map((name) => `from shop.${name} import ${name}\n`)
      .concat(names.map((name) => `\n\ndef test_${name}():\n    assert ${name}(1) == 2\n`))
      .join(''),
  },
];
const broken = right.map((file) => (file.path === 'shop/tax.py' ? module_('tax', '    return value + (1') : file));

describe('a repair', () => {
  it('asks for what is broken alone: under 40 % of the first answer, and every other file stays byte for byte', async () => {
    const asked = (text: string) => {
      const list = /alone, .*?: (.*?)\. Leave/.exec(text)?.[1] ?? '';
      return [...list.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
    };
    const sent: number[] = [];
    await using rig = await startRig({
      answers: ({ messages }) => {
        const paths = asked(messages.at(-1)?.text ?? '');
        const files = sent.length === 0 ? broken : right.filter(({ path }) => paths.includes(path));
        const text = renderFiles(files);
        sent.push(text.length);
        return { text };
      },
    });
    const { workflowId } = await rig.ptc.start(testPlan());
    const result = await rig.ptc.result(workflowId);
    expect(result).toMatchObject({ status: 'SUCCESS', iterations_used: 2 });
    const [first = 0, second = 0] = sent;
    expect(second).toBeGreaterThan(0);
    expect(second / first).toBeLessThan(0.4);
    expect(Object.fromEntries(result.artifacts.map(({ file_path, content }) => [file_path, content]))).toEqual(
      Object.fromEntries(right.map(({ path, content }) => [path, content])),
    );
  });
});
