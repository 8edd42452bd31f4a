import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/parsing/apply-edits.ts';
import type { Edit } from '../../../src/parsing/edits.ts';

const lines = { from: 1, to: 5 };
const shop =
  'class Shop:\n    def total(self):\n        return sum(self.prices)\n\n    def count(self):\n        return len(self.prices)\n';
const before = new Map([
  ['shop.py', shop],
  ['other.py', 'x = 1\n'],
]);
const apply = (...edits: Edit[]) => applyEdits(edits, before);
const replace = (search: string, by: string, path: string | null = 'shop.py'): Edit => ({
  kind: 'replace',
  path,
  search,
  replace: by,
  lines,
});

describe('edits of a later round', () => {
  it('replace the lines that they quote, and leave every other byte', () => {
    const { changed, findings } = apply(
      replace('        return sum(self.prices)', '        return round(sum(self.prices), 2)'),
    );
    expect(findings).toEqual([]);
    expect(changed.get('shop.py')).toBe(shop.replace('return sum(self.prices)', 'return round(sum(self.prices), 2)'));
    expect(changed.has('other.py')).toBe(false);
  });

  it('follow one another', () => {
    const { changed, findings } = apply(
      replace('        return len(self.prices)', '        return len(self.items)'),
      replace('        return len(self.items)', '        return len(self.items) + 1'),
    );
    expect(findings).toEqual([]);
    expect(changed.get('shop.py')).toContain('return len(self.items) + 1\n');
  });

  it('may leave out indentation, which the replacement then takes over', () => {
    const { changed, findings } = apply(
      replace('def count(self):\n    return len(self.prices)', 'def count(self):\n    return 0'),
    );
    expect(findings).toEqual([]);
    expect(changed.get('shop.py')).toContain('    def count(self):\n        return 0\n');
  });

  it('may differ in white space at the ends of lines', () => {
    const { changed, findings } = apply(
      replace('    def total(self):  \n        return sum(self.prices)\t', '    total = 0'),
    );
    expect(findings).toEqual([]);
    expect(changed.get('shop.py')).toBe(
      'class Shop:\n    total = 0\n\n    def count(self):\n        return len(self.prices)\n',
    );
  });

  it('delete lines where the replacement is empty', () => {
    expect(apply(replace('        return sum(self.prices)', '')).changed.get('shop.py')).not.toContain('sum');
  });

  it('change nothing where several places fit, and say how many', () => {
    const twice = new Map([['a.py', 'x = 1\ny = 2\nx = 1\n']]);
    const { changed, findings } = applyEdits([{ ...replace('x = 1', 'x = 3'), path: 'a.py' }], twice);
    expect(changed.size).toBe(0);
    expect(findings).toEqual([
      expect.objectContaining({ code: 'edit-failed', file: 'a.py', message: expect.stringContaining('2 places') }),
    ]);
  });

  it('change nothing where no place fits, and quote the nearest lines', () => {
    const { changed, findings } = apply(replace('    def count(self):\n        return len(self.costs)', 'x'));
    expect(changed.size).toBe(0);
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'edit-failed',
        excerpt: expect.stringContaining('        return len(self.prices)'),
      }),
    ]);
  });

  it('never take a part of a line for a place', () => {
    const { changed } = applyEdits([{ ...replace('a = 1', 'a = 2'), path: 'a.py' }], new Map([['a.py', 'aa = 10\n']]));
    expect(changed.size).toBe(0);
  });

  it('find their file by what they quote, where they name none', () => {
    expect(apply(replace('x = 1', 'x = 2', null)).changed).toEqual(new Map([['other.py', 'x = 2\n']]));
  });

  it('are findings where there is nothing to apply them to', () => {
    const { changed, findings } = applyEdits([replace('a', 'b')], new Map());
    expect(changed.size).toBe(0);
    expect(findings).toEqual([expect.objectContaining({ code: 'edit-not-applied', file: 'shop.py' })]);
  });

  it('apply unified diffs, whatever their line numbers say', () => {
    const diff = [
      '--- a/shop.py',
      '+++ b/shop.py',
      '@@ -90,3 +90,4 @@ class Shop:',
      '     def count(self):',
      '-        return len(self.prices)',
      '+        self.check()',
      '+        return len(self.prices)',
    ].join('\n');
    const { changed, findings } = apply({ kind: 'diff', path: 'shop.py', diff, lines });
    expect(findings).toEqual([]);
    expect(changed.get('shop.py')).toContain(
      '    def count(self):\n        self.check()\n        return len(self.prices)\n',
    );
  });

  it('append, rename and delete', () => {
    const { changed, removed, findings } = apply(
      { kind: 'append', path: 'shop.py', content: 'PRICES = []\n', lines },
      { kind: 'rename', path: 'other.py', to: 'config.py', lines },
      { kind: 'delete', path: 'shop.py', lines },
    );
    expect(findings).toEqual([]);
    expect(changed).toEqual(new Map([['config.py', 'x = 1\n']]));
    expect(removed).toEqual(new Set(['other.py', 'shop.py']));
  });

  it('never apply fragments, whose place is a guess', () => {
    const { changed, findings } = apply({
      kind: 'fragment',
      path: 'shop.py',
      content: '# ... rest',
      reason: 'elided',
      lines,
    });
    expect(changed.size).toBe(0);
    expect(findings).toHaveLength(1);
  });
});
