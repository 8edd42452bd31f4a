import { describe, expect, it } from 'vitest';
import { KeptOutput } from '../../../src/sandboxes/kept-output.ts';

describe('KeptOutput', () => {
  it.each([1, 3, 7, 100])('keeps beginning and end of what comes in pieces of %i bytes', (size) => {
    const all = Array.from({ length: 100 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
    const kept = new KeptOutput(20);
    for (let at = 0; at < all.length; at += size) kept.push(Buffer.from(all.slice(at, at + size)));
    expect(kept.text()).toBe(`${all.slice(0, 10)}\n[... 80 bytes cut ...]\n${all.slice(-10)}`);
  });

  it.each([0, 1, 10, 11, 20])('keeps all of %i bytes where there is room for 20', (length) => {
    const all = 'x'.repeat(length);
    const kept = new KeptOutput(20);
    for (const letter of all) kept.push(Buffer.from(letter));
    expect(kept.text()).toBe(all);
  });

  it('does not break a character that arrives in two pieces', () => {
    const kept = new KeptOutput(20);
    const bytes = Buffer.from('ü');
    kept.push(bytes.subarray(0, 1));
    kept.push(bytes.subarray(1));
    expect(kept.text()).toBe('ü');
  });
});
