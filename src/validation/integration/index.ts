import { bash } from './bash.ts';
import { c, cpp } from './c.ts';
import type { Checker } from './checker.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { cargo, rustc } from './rust.ts';
import { typescript } from './typescript.ts';

/** The quick ones first: what one finds, the others need not wait for. */
export const checkers: readonly Checker[] = [python, typescript, bash, php, ruby, c, cpp, go, java, cargo, rustc];
