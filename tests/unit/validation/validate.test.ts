import { describe, expect, it } from 'vitest';
import { validate } from '../../../src/validation/validate.ts';
import { lines, project } from './project.ts';

const good = {
  'requirements.txt': 'requests\n',
  'src/__init__.py': '',
  'src/cart.py': 'import requests\n\n\ndef total(prices):\n    return sum(prices) + len(requests.__name__)\n',
  'tests/test_cart.py': 'from src.cart import total\n\n\ndef test_total():\n    assert total([1, 2]) == 11\n',
};
const structure = { 'src/cart.py': 'the cart', 'tests/': 'its tests' };

describe('validate', () => {
  it('finds nothing in a project that is as planned', async () => {
    expect(await validate(project(good, { structure, testing: true }))).toEqual([]);
  });

  it('tells rules, plan and syntax together, and stops before what they would echo', async () => {
    const files = {
      ...good,
      'src/cart.py': 'def total(:\n',
      '../evil.py': 'import nowhere\n',
      'src/a.py': 'print(undefined)\n',
    };
    expect(lines(await validate(project(files, { structure: { ...structure, 'src/b.py': '' } })))).toEqual([
      'error path-parent -',
      'error missing-file src/b.py',
      'error syntax-error src/cart.py:1',
    ]);
  });

  it('goes on to names and imports after warnings alone', async () => {
    const files = { ...good, 'src/a.py': 'print(undefined)\n' };
    expect(lines(await validate(project(files, { structure: { 'docs/': '' } })))).toEqual([
      'warning empty-folder -',
      'error undefined-name src/a.py:1',
    ]);
  });

  it('judges files without a plan', async () => {
    expect(await validate(project(good))).toEqual([]);
  });
});
