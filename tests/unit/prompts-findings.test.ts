import { describe, expect, it } from 'vitest';
import { shortened } from '../../src/prompts/excerpt.ts';
import { describeFindings } from '../../src/prompts/findings.ts';
import { finding } from '../../src/schemas/finding.ts';

const codesIn = (text: string) => [...text.matchAll(/^\d+\. \*\*(.+?)\*\*/gm)].map(([, code]) => code);

describe('findings in a prompt', () => {
  it('stand in the order of the checks, errors first', () => {
    const stages = ['testing', 'semantic', 'integration', 'syntactic', 'plan', 'parsing'] as const;
    const errors = stages.map((stage) => finding(stage, stage, 'm'));
    const warning = finding('parsing', 'warning', 'm', { severity: 'warning' });
    expect(codesIn(describeFindings([warning, ...errors]))).toEqual([
      'parsing',
      'plan',
      'syntactic',
      'semantic',
      'integration',
      'testing',
      'warning',
    ]);
  });

  it('name their place, and quote the code in a fence of its own', () => {
    const found = finding('syntactic', 'syntax-error', "expected ':'", {
      file: 'a.py',
      line: 3,
      column: 7,
      excerpt: 'if x',
    });
    expect(describeFindings([found])).toBe("1. **syntax-error** in `a.py` at 3:7: expected ':'\n\n```\nif x\n```");
    expect(describeFindings([finding('testing', 'test-failed', 'm', { excerpt: '```\n# out' })])).toContain(
      '````\n```\n# out\n````',
    );
  });

  it('are told once each', () => {
    const found = finding('syntactic', 'syntax-error', 'm', { file: 'a.py', line: 1 });
    expect(codesIn(describeFindings([found, { ...found }]))).toEqual(['syntax-error']);
  });

  it('give the first failure in full and further ones by name', () => {
    const failed = (name: string) =>
      finding('testing', 'test-failed', `"${name}" failed: Error: no\ndetail of ${name}`, {
        excerpt: `code of ${name}`,
      });
    const text = describeFindings([failed('one'), failed('two')]);
    expect(text).toContain('detail of one');
    expect(text).toContain('code of one');
    expect(text).toContain('2. **test-failed** "two" failed: Error: no');
    expect(text).not.toContain('of two');
  });

  it('keep to the budget, the first causes first, and count what is left out', () => {
    const findings = Array.from({ length: 400 }, (_, n) =>
      finding('syntactic', 'syntax-error', `mistake ${n}`, { file: `f${n}.py`, excerpt: 'x'.repeat(300) }),
    );
    const text = describeFindings(findings, 1000);
    const told = codesIn(text).length;
    expect(told).toBeGreaterThan(5);
    expect(text.length).toBeLessThan(1.1 * 4000);
    expect(text).toContain('1. **syntax-error** in `f0.py`: mistake 0');
    expect(text.endsWith(`${400 - told} more left out; mend these first.`)).toBe(true);
  });

  it('cut even the first one to the budget', () => {
    const found = finding('testing', 'test-failed', `${'m'.repeat(9000)}\n${'n\n'.repeat(9000)}`, {
      excerpt: 'x\n'.repeat(9000),
    });
    expect(describeFindings([found], 1000).length).toBeLessThan(4000);
  });
});

describe('a long excerpt', () => {
  const noise = Array.from({ length: 100 }, (_, n) => `line ${n}`);

  it('is cut in its middle, and says how much is gone', () => {
    const text = shortened(noise.join('\n'), 300);
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text.startsWith('line 0\nline 1\n')).toBe(true);
    expect(text.endsWith('line 98\nline 99')).toBe(true);
    expect(text).toMatch(/\n\[\.\.\. \d+ lines cut \.\.\.\]\n/);
  });

  it.each([
    '>   assert total(10) == 1',
    'E   AssertionError: boom',
    '  expected: 5',
    '  TypeError: x is not a function',
  ])('keeps the line that tells of the failure: %s', (line) => {
    const text = shortened([...noise.slice(0, 50), line, ...noise.slice(50)].join('\n'), 300);
    expect(text).toContain(line);
    expect(text.length).toBeLessThanOrEqual(300);
  });

  it('keeps the failing assertion among many that hold', () => {
    const asserts = noise.map((line) => `  assert ${line}`);
    const text = shortened([...asserts.slice(0, 50), '> 51 | assert failing', ...asserts.slice(50)].join('\n'), 300);
    expect(text).toContain('> 51 | assert failing');
  });

  it('of one endless line keeps both ends', () => {
    const text = shortened(`first${'x'.repeat(10_000)}last`, 500);
    expect(text).toMatch(/^first.*…x*last$/);
    expect(text.length).toBeLessThanOrEqual(500);
  });
});
