import { describe, expect, it } from 'vitest';
import { readReport } from '../../../src/runners/report.ts';
import { verdict } from '../../../src/runners/verdict.ts';
import type { CommandResult, Limit } from '../../../src/sandboxes/sandbox.ts';

const test = (outcome: string, failures: unknown[] = []) => ({
  event: 'test',
  name: outcome,
  file: 'a.py',
  line: 1,
  outcome,
  durationMs: 1,
  failures,
  output: '',
});
const failure = { type: 'AssertionError', phase: 'call', message: 'no', module: null, frames: [] };
const good = [{ event: 'file', file: 'a.py', tests: 1, skipped: false }, test('passed'), { event: 'end', tests: 1 }];

function judge(lines: unknown[], result: Partial<CommandResult> = {}) {
  const report = lines.map((line) => JSON.stringify(line)).join('\n');
  const whole = { exitCode: 0, stdout: '', stderr: '', report, limit: null, durationMs: 1500, ...result };
  return verdict({
    shown: 'test',
    asked: ['a.py'],
    offers: 'nothing',
    result: whole,
    report: readReport(report),
    files: [],
  });
}

describe('verdict', () => {
  it('passes with exit code 0, a complete report, a test that ran and none that failed', () => {
    const report = judge(good);
    expect(report).toMatchObject({ passed: true, findings: [], results: { exit_code: 0, duration_seconds: 1.5 } });
  });

  it('does not believe a good report with a bad exit code', () => {
    expect(judge(good, { exitCode: 3 })).toMatchObject({
      passed: false,
      results: { exit_code: 3 },
      findings: [{ code: 'incomplete-report' }],
    });
  });

  it('does not believe a good exit code with a failed test, and does not pass it on', () => {
    const lines = [good[0], test('failed', [failure]), good[2]];
    expect(judge(lines)).toMatchObject({
      passed: false,
      results: { exit_code: 1 },
      findings: [{ code: 'test-failed' }],
    });
  });

  it('does not pass a failed test of which nothing is told', () => {
    expect(judge([good[0], test('failed'), good[2]])).toMatchObject({
      passed: false,
      findings: [{ code: 'incomplete-report' }],
    });
  });

  it.each([
    ['time', 'tests-timed-out'],
    ['cpu', 'tests-timed-out'],
    ['memory', 'memory-limit'],
    ['output', 'output-limit'],
  ] satisfies [Limit, string][])('tells the limit on %s as %s, whatever the report says', (limit, code) => {
    expect(judge(good, { limit })).toMatchObject({ passed: false, results: { exit_code: 1 }, findings: [{ code }] });
  });

  it('keeps the failed ones of very many cases', () => {
    const lines = [...Array.from({ length: 900 }, () => test('passed')), test('failed', [failure])];
    const { cases, results } = judge(lines, { exitCode: 1 });
    expect(cases.some(({ outcome }) => outcome === 'failed')).toBe(true);
    expect([cases.length, results.tests_passed]).toEqual([500, 900]);
  });
});
