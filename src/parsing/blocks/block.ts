import type { Info } from '../evidence/info-string.ts';

/** A part of an answer that stands apart from its prose. Lines are indices from 0, ends exclusive. */
export interface Block {
  /** `element`: a tag; `markers`: conflict markers or a patch envelope without a fence; `heredoc`: one without a fence. */
  kind: 'fence' | 'element' | 'markers' | 'heredoc' | 'reasoning';
  /** What the info string of a fence says. */
  info: Info;
  /** The tag around an element. */
  tag: Tag | null;
  from: number;
  to: number;
  content: string;
  contentFrom: number;
  contentTo: number;
  closed: boolean;
  /** The prose above it, as far as the block before; the prose on its own line included. */
  lead: readonly string[];
}

export interface Tag {
  name: string;
  attributes: Readonly<Record<string, string>>;
}
