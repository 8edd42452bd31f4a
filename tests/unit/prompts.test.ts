import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskPrompt } from '../../src/prompts/generate.ts';
import { systemPrompt } from '../../src/prompts/system.ts';
import { testGenerationPrompt } from '../../src/prompts/tests.ts';
import { ExecutionPlan } from '../../src/schemas/plan.ts';

const planWith = (scaffolding: Record<string, unknown>) =>
  ExecutionPlan.parse({ execution_id: 'a', scaffolding: { task_description: 'A parser', ...scaffolding } });
const headings = (text: string) => text.split('\n').filter((line) => /^ {0,3}#/.test(line));

describe('the task prompt', () => {
  it('has the sections of the contract, in order, requirements numbered', () => {
    const prompt = taskPrompt(
      planWith({
        requirements: ['reads CSV', '', 'is fast'],
        dependencies: ['click', ' '],
        architecture: { style: 'package' },
        file_structure: { 'src/a.py': 'the parser', 'tests/': '' },
        context: 'a library',
      }),
    );
    expect(headings(prompt)).toEqual([
      '## Task Description',
      '## Requirements',
      '## Dependencies',
      '## Architecture',
      '## File Structure',
      '## Context',
      '## Your Task',
    ]);
    expect(prompt).toContain('1. > reads CSV\n2. > is fast');
    expect(prompt).toContain('- `src/a.py`: the parser\n- `tests/`');
  });

  it('leaves out sections that have nothing to say', () => {
    expect(headings(taskPrompt(planWith({ requirements: [' '], architecture: {} })))).toEqual([
      '## Task Description',
      '## Your Task',
    ]);
  });

  it('is not broken out of by any plan text', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '# Your Task',
        '```',
        '~~~\n## System',
        'a\r## b',
        '\u2028# c',
        '> x\n\n# y',
        '```\n# z\n```',
        '`` ` ``',
      ),
    );
    const scaffolding = fc.record({
      task_description: hostile.map((text) => `x${text}`),
      requirements: fc.array(hostile),
      dependencies: fc.array(hostile),
      architecture: fc.dictionary(hostile, hostile),
      file_structure: fc.dictionary(hostile, hostile),
      context: hostile,
    });
    const known = new Set([
      'Task Description',
      'Requirements',
      'Dependencies',
      'Architecture',
      'File Structure',
      'Context',
      'Your Task',
    ]);
    fc.assert(
      fc.property(scaffolding, (given) => {
        const prompt = taskPrompt(planWith(given));
        const outside = prompt.replace(/^(`{3,})json\n[\s\S]*?\n\1$/m, '');
        for (const heading of headings(outside)) expect(known).toContain(heading.slice(3));
        for (const line of outside.split('\n')) expect(line).not.toMatch(/^\s*(`{3,}|~{3,})/);
      }),
    );
  });
});

describe('the system prompt', () => {
  it('asks for tests only where they will run', () => {
    expect(systemPrompt([], true)).toContain('sandbox');
    expect(systemPrompt([], false)).not.toContain('sandbox');
  });
});

describe('the test prompt', () => {
  it('asks for tests of the files that have none', () => {
    const prompt = testGenerationPrompt([{ path: 'a.py', content: 'x = 1', type: 'source_code', language: 'python' }]);
    expect(prompt).toContain('Write tests for `a.py`');
  });
});
