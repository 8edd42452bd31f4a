import type { Language } from '../../languages/language.ts';
import type { Name } from '../name.ts';
import type { Piece } from '../pieces/piece.ts';

/** What the evidence looks at. */
export interface Setting {
  piece: Piece;
  /** As the info string says, or null. */
  language: Language | null;
  /** The prose between the block before and this one, and between this one and the next. */
  above: readonly string[];
  below: readonly string[];
  /** Paths of the plan and of the round before. */
  known: ReadonlySet<string>;
  /** A folder that a sentence above names for all that follows. */
  folder: string | null;
}

/** One way to find a name. */
export type Evidence = (setting: Setting) => Name | null;
