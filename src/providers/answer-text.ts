import type { CompletionProgress } from './provider.ts';

const tailLength = 80;

/** The text of an answer as it grows, with a report of each step. */
export class AnswerText {
  readonly #parts: string[] = [];
  readonly #report: ((progress: CompletionProgress) => void) | undefined;
  #progress: CompletionProgress = { characters: 0, tail: '' };

  constructor(report: ((progress: CompletionProgress) => void) | undefined) {
    this.#report = report;
  }

  add(part: string): void {
    if (part === '') return;
    this.#parts.push(part);
    const { characters, tail } = this.#progress;
    this.#progress = { characters: characters + part.length, tail: (tail + part).slice(-tailLength) };
    this.#report?.(this.#progress);
  }

  toString(): string {
    return this.#parts.join('');
  }
}
