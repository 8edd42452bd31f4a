import type { Language } from '../../languages/language.ts';

const tripleQuoted = new Set([
  'python',
  'java',
  'kotlin',
  'scala',
  'swift',
  'csharp',
  'groovy',
  'dart',
  'elixir',
  'julia',
  'toml',
]);
const heredocStart = /<<[-~]?\s*(["']?)([A-Za-z_]\w*)\1/;

/** Whether a line of code begins inside a text: a fence there is part of the text. */
export interface OpenString {
  /** Takes the next line; true where it begins inside a string or heredoc. */
  feed(line: string): boolean;
}

export function openString(language: Language | null): OpenString {
  if (language !== null && tripleQuoted.has(language.name)) return tripleQuotes();
  if (language?.name === 'bash') return heredocs();
  return { feed: () => false };
}

function tripleQuotes(): OpenString {
  let open: string | null = null;
  return {
    feed(line) {
      const inside = open !== null;
      for (const [quote] of line.matchAll(/"""|'''/g)) {
        if (open === null) open = quote;
        else if (open === quote) open = null;
      }
      return inside;
    },
  };
}

function heredocs(): OpenString {
  let delimiter: string | null = null;
  return {
    feed(line) {
      const inside = delimiter !== null;
      if (delimiter === null) delimiter = heredocStart.exec(line.slice(0, 400))?.[2] ?? null;
      else if (line.trim() === delimiter) delimiter = null;
      return inside;
    },
  };
}
