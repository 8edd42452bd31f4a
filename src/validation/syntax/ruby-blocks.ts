import type { Token } from './tokens.ts';

const opens = /^(?:def|class|module|if|unless|while|until|case|begin|for)\b(?!.*\bend\b)|\bdo(?:\s*\|[^|]*\|)?\s*$/;
const goesOn = /^(?:else|elsif|when|in|rescue|ensure)\b/;
const endless = /^def\b[^=]*\s=\s/;

/** The block whose `end` is missing, as the layout shows it: the first that a line of no deeper indentation cuts short. */
export function openBlock(content: string): Token | null {
  const open: Token[] = [];
  let at = 0;
  for (const [number, line] of content.split('\n').entries()) {
    const text = line.trim();
    const indent = line.length - line.trimStart().length;
    const last = open.at(-1);
    if (last && text !== '' && indent <= last.indent && !goesOn.test(text)) {
      if (!/^end\b/.test(text) || indent < last.indent) return last;
      open.pop();
    }
    const word = endless.test(text) ? undefined : opens.exec(text)?.[0].split(/[^a-z]/, 1)[0];
    if (word) open.push({ text: word, at: at + indent, line: number, indent });
    at += line.length + 1;
  }
  return open.at(-1) ?? null;
}
