import type { Token } from './tokens.ts';

interface Open {
  token: Token;
  closer: string;
}

export type Unpaired = ({ kind: 'unclosed' } & Open) | { kind: 'stray'; token: Token };

/** The token to blame where pairs do not come out even: indentation tells which of the open ones lacks its end. */
export function unpaired(
  tokens: readonly Token[],
  pairs: readonly (readonly [open: string, close: string])[],
): Unpaired | null {
  const closers = new Map(pairs);
  const open: Open[] = [];
  let suspect: Open | null = null;
  for (const token of tokens) {
    const closer = closers.get(token.text);
    if (closer !== undefined) {
      open.push({ token, closer });
      continue;
    }
    const last = open.at(-1);
    if (last?.closer !== token.text) return mismatch(open, token);
    if (token.indent < last.token.indent) suspect ??= last;
    open.pop();
  }
  const last = suspect ?? open.at(-1);
  return open.length > 0 && last ? { kind: 'unclosed', ...last } : null;
}

function mismatch(open: readonly Open[], token: Token): Unpaired {
  const last = open.at(-1);
  const belongs = open.some(({ closer }) => closer === token.text);
  return last && belongs ? { kind: 'unclosed', ...last } : { kind: 'stray', token };
}
