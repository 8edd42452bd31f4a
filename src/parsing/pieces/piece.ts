import type { Block } from '../blocks/block.ts';
import type { Name, Verb } from '../name.ts';

/** What may be one file: a block, or a part of one. Lines are indices from 0, the end exclusive. */
export interface Piece {
  content: string;
  from: number;
  to: number;
  block: Block;
  /** The word of the info string, in lower case. */
  tag: string | null;
  /** A name that the block itself gives: an attribute, a JSON key, a separator. */
  given: Name | null;
  /** The answer ends before it does. */
  cut: boolean;
}

export const pieceOf = (block: Block, some: Partial<Piece>): Piece => ({
  content: block.content === '' && block.contentTo <= block.contentFrom ? '' : `${block.content}\n`,
  from: block.contentFrom,
  to: block.contentTo,
  block,
  tag: block.info.language,
  given: null,
  cut: !block.closed,
  ...some,
});

export const given = (path: string, evidence: string, confidence: number, verb: Verb = 'create'): Name => ({
  path,
  evidence,
  confidence,
  strong: true,
  verb,
});
