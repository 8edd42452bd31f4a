import type { Token } from './tokens.ts';

export type Unpaired = { kind: 'unclosed'; token: Token; closer: string } | { kind: 'stray'; token: Token };

/** The token to blame where pairs do not come out even: indentation tells which of the open ones lacks its end. */
export function unpaired(
  tokens: readonly Token[],
  pairs: readonly (readonly [open: string, close: string])[],
): Unpaired | null {
  const closers = new Map(pairs);
  const ends = new Set(closers.values());
  const open: { token: Token; closer: string }[] = [];
  let suspect: { token: Token; closer: string } | null = null;
  for (const token of tokens) {
    const closer = closers.get(token.text);
    if (closer !== undefined) open.push({ token, closer });
    else if (ends.has(token.text)) {
      const last = open.pop();
      if (!last || (last.closer !== token.text && !open.some(({ closer }) => closer === token.text)))
        return { kind: 'stray', token };
      if (last.closer !== token.text) return { kind: 'unclosed', ...last };
      if (token.indent < last.token.indent) suspect ??= last;
    }
  }
  const last = suspect ?? open.at(-1);
  return open.length > 0 && last ? { kind: 'unclosed', ...last } : null;
}
