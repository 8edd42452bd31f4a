import { inspect } from 'node:util';

const hidden = '[redacted]';

/** A key that prints as `[redacted]` wherever it lands: a log line, JSON, an error. Only `reveal()` gives the text. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}

/** The same object, but it prints as the list of its names: for variables of others, of which some are keys. */
export const printingNamesOnly = <Variables extends object>(variables: Variables): Variables =>
  Object.defineProperties(variables, {
    toJSON: { value: () => Object.keys(variables) },
    [inspect.custom]: { value: () => Object.keys(variables) },
  });
