import type { Block } from '../blocks/block.ts';
import type { Name } from '../name.ts';

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
