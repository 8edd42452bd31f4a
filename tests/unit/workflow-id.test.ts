import { describe, expect, it } from 'vitest';
import { workflowIdOf } from '../../src/temporal/workflow-id.ts';

describe('a workflow id', () => {
  it('is the execution id with a prefix', () => {
    expect(workflowIdOf('calculator-1.2_b')).toBe('ptc-calculator-1.2_b');
  });

  it('is one safe word for any execution id', () => {
    expect(workflowIdOf('../../x y')).toMatch(/^ptc-\.\._\.\._x_y-[0-9a-f]{12}$/);
    expect(workflowIdOf(`${'é'.repeat(5000)}`).length).toBeLessThan(150);
  });

  it('tells apart what would look the same', () => {
    expect(workflowIdOf('a b')).not.toBe(workflowIdOf('a/b'));
    expect(workflowIdOf('x'.repeat(200))).not.toBe(workflowIdOf('x'.repeat(201)));
  });
});
