import { describe, expect, it } from 'vitest';
import { readReport } from '../../../src/runners/report.ts';

const test = (name: string) => ({
  event: 'test',
  name,
  file: 'a',
  line: 1,
  outcome: 'passed',
  durationMs: 1,
  failures: [],
  output: '',
});
const file = (tests: number) => ({ event: 'file', file: 'a', tests, skipped: false });
const end = (tests: number) => ({ event: 'end', tests });
const text = (...lines: unknown[]) =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

describe('readReport', () => {
  it('takes a report for complete that has its end mark and the tests it announced', () => {
    expect(readReport(text(file(2), test('a'), test('b'), end(2)))).toMatchObject({ complete: true, running: [] });
  });

  it.each([
    ['is empty', ''],
    ['has no end mark', text(file(1), test('a'))],
    ['has two end marks', text(file(1), test('a'), end(1), end(1))],
    ['has fewer tests than its files hold', text(file(2), test('a'), end(1))],
    ['has more tests than its files hold', text(file(1), test('a'), test('b'), end(2))],
    ['counts otherwise at its end', text(file(1), test('a'), end(2))],
    ['is cut within a line', text(file(1), test('a'), end(1)).slice(0, -4)],
    ['has a line that is no JSON', text(file(1), test('a'), 'PASSED', end(1))],
    ['has a line of another shape', text(file(1), { ...test('a'), outcome: 'great' }, end(1))],
    ['has a number that is none', text(file(1), { ...test('a'), durationMs: '1' }, end(1))],
  ])('takes a report for incomplete that %s', (_, report) => {
    expect(readReport(report).complete).toBe(false);
  });

  it('keeps the tests before a torn line', () => {
    expect(readReport(`${text(file(2), test('a'))}{"event":"te`).tests).toHaveLength(1);
  });

  it('tells which tests were running when it broke off', () => {
    const running = (name: string) => ({ event: 'running', name, file: 'a', line: 1 });
    const report = readReport(text(running('a'), test('a'), running('b')));
    expect(report.running.map(({ name }) => name)).toEqual(['b']);
  });

  it('bounds and cleans every text', () => {
    const { tests } = readReport(text(file(1), test(`\u001b[31m/project/a\u0000${'x'.repeat(20_000)}`), end(1)));
    expect(tests[0]?.name).toMatch(/^ax+$/);
    expect(tests[0]?.name.length).toBeLessThan(8001);
  });
});
