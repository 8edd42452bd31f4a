import type { Tree, TreeCursor } from 'web-tree-sitter';

export interface Token {
  text: string;
  /** In UTF-16 units. */
  at: number;
  /** From 0. */
  line: number;
  /** Columns of white space before its line's first token. */
  indent: number;
}

/** A tree's leaves of these kinds: none from inside of strings and comments. */
export function tokensOf(tree: Tree, lines: readonly string[], kinds: ReadonlySet<string>): Token[] {
  const tokens: Token[] = [];
  const indents = lines.map((line) => line.length - line.trimStart().length);
  const cursor = tree.walk();
  do {
    if (!kinds.has(cursor.nodeType) || cursor.nodeIsNamed || cursor.nodeIsMissing) continue;
    const line = cursor.startPosition.row;
    tokens.push({ text: cursor.nodeType, at: cursor.startIndex, line, indent: indents[line] ?? 0 });
  } while (step(cursor));
  cursor.delete();
  return tokens;
}

/** The first node that the parser made up, or passed over within a line: a longer one says nothing of its cause. */
export function firstMend(tree: Tree): { at: number; missing: string | null } | null {
  const cursor = tree.walk();
  let mend = null;
  do {
    const isShort = cursor.nodeType === 'ERROR' && cursor.startPosition.row === cursor.endPosition.row;
    if (!cursor.nodeIsMissing && !isShort) continue;
    mend = { at: cursor.startIndex, missing: cursor.nodeIsMissing ? cursor.nodeType : null };
  } while (mend === null && step(cursor));
  cursor.delete();
  return mend;
}

/** To the next node in the order of the text. */
function step(cursor: TreeCursor): boolean {
  if (cursor.gotoFirstChild()) return true;
  while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return false;
  return true;
}
