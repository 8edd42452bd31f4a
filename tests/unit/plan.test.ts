import { describe, expect, it } from 'vitest';
import { jsonProblem } from '../../src/schemas/lenient-json.ts';
import { ExecutionPlan } from '../../src/schemas/plan.ts';
import { describeProblems } from '../../src/schemas/problems.ts';

const scaffolding = { task_description: 'add two numbers' };
const parse = (changes: Record<string, unknown> = {}) =>
  ExecutionPlan.parse({ execution_id: 'a', scaffolding, ...changes });
const problems = (input: unknown): string[] => {
  const { error } = ExecutionPlan.safeParse(input);
  return error ? describeProblems(error, input) : [];
};

describe('a plan', () => {
  it('needs an id and a task, and gets the defaults of the contract for the rest', () => {
    expect(parse()).toMatchObject({
      primary_llm: 'claude',
      fallback_llm: 'kimi',
      enable_testing: true,
      cache_strategy: 'smart',
      cache_ttl: 3600,
      project_name: null,
      metadata: {},
      scaffolding: { requirements: [], architecture: null, dependencies: [], file_structure: null, context: null },
    });
  });

  it.each([
    ['a fallback equal to the primary', { primary_llm: 'kimi', fallback_llm: 'kimi' }],
    ['blank entries in lists', { scaffolding: { ...scaffolding, requirements: ['', '  '], dependencies: [''] } }],
    [
      'empty objects and strings',
      { scaffolding: { ...scaffolding, architecture: {}, file_structure: {}, context: '' } },
    ],
    ['an execution id that looks like a path', { execution_id: '../../x y' }],
    ['fields that it does not know', { tomorrow: true, scaffolding: { ...scaffolding, also: 1 } }],
    ['no fallback', { fallback_llm: null }],
    ['a null time to live', { cache_ttl: null }],
  ])('is accepted with %s', (_, changes) => {
    expect(() => parse(changes)).not.toThrow();
  });

  it('trims its id as Python does', () => {
    expect(parse({ execution_id: '\x1c id\u2003' }).execution_id).toBe('id');
    expect(problems({ execution_id: ' \x85\t', scaffolding })).toEqual([expect.stringContaining('execution_id')]);
  });

  it.each([
    ['2025-12-06T18:00:00.123456', '2025-12-06T18:00:00.123Z'],
    ['2025-12-06T18:00:00', '2025-12-06T18:00:00.000Z'],
    ['2025-12-06T18:00:00+02:00', '2025-12-06T16:00:00.000Z'],
    ['2025-12-06T18:00:00Z', '2025-12-06T18:00:00.000Z'],
    ['2025-12-06 18:00', '2025-12-06T18:00:00.000Z'],
    ['2025-12-06', '2025-12-06T00:00:00.000Z'],
    [1765044000.5, '2025-12-06T18:00:00.500Z'],
  ])('reads the moment %s as %s, in UTC where it has no zone', (written, moment) => {
    expect(parse({ created_at: written }).created_at).toBe(moment);
  });

  it.each([[null], ['yesterday'], ['2025-13-45'], [true]])('refuses %s as a moment', (written) => {
    expect(problems({ execution_id: 'a', scaffolding, created_at: written })).toEqual([
      expect.stringMatching(/^created_at: got .*; expected an ISO 8601/),
    ]);
  });

  it('names every bad field, what it got and what is allowed', () => {
    const found = problems({
      execution_id: '  ',
      scaffolding: { task_description: 5, requirements: 'none' },
      max_iterations: 11,
      timeout_seconds: 1.5,
      primary_llm: 'gemini',
    });
    expect(found).toEqual([
      expect.stringMatching(/^execution_id: got " {2}"; must not be blank/),
      expect.stringMatching(/^scaffolding.task_description: got 5; .*string/),
      expect.stringMatching(/^scaffolding.requirements: got "none"; .*array/),
      expect.stringMatching(/^primary_llm: got "gemini"; .*"claude"\|"kimi"\|"openai"/),
      expect.stringMatching(/^max_iterations: got 11; .*<=10/),
      expect.stringMatching(/^timeout_seconds: got 1.5; .*int/),
    ]);
  });

  it.each([
    [undefined, 'nothing'],
    ['{}', '"{}"'],
    [[], '[]'],
    [null, 'null'],
  ])('says what it got instead of a plan: %j', (input, shown) => {
    expect(problems(input)).toEqual([expect.stringContaining(`plan: got ${shown};`)]);
  });

  it('cuts what it quotes', () => {
    const [problem = ''] = problems({ execution_id: 'a', scaffolding: { task_description: ['x'.repeat(10_000)] } });
    expect(problem.length).toBeLessThan(250);
  });
});

describe('a text that is no JSON', () => {
  it('is told by the fields that hold what Python writes and JSON does not have', () => {
    expect(jsonProblem('{"metadata": {"score": NaN, "say": "NaN", "bounds": [1, -Infinity]}}')).toBe(
      'metadata.score: got NaN, which JSON does not have; leave it out, or send a number\n- ' +
        'metadata.bounds.1: got -Infinity, which JSON does not have; leave it out, or send a number',
    );
  });

  it('is told by the parser otherwise', () => {
    expect(jsonProblem('{"a": ')).toMatch(/^plan: not JSON: .*JSON/);
  });
});
