import { glance, isBlank } from './lines.ts';

const codeMark =
  /[{};]\s*$|^\s*(import|from|const|let|var|def|class|return|if|for|while|public|private|#include|@|<\/?\w)|[=(]\s*$|^\s*[\w.]+\(.*\)\s*$|=>|::|:=|^\s*[$#>]\s|--\w/;

/** A line that a person would read aloud: words, capital at the start or an end of a sentence, no marks of code. */
export function looksLikeSentence(line: string): boolean {
  const text = glance(line).trim();
  if (codeMark.test(text)) return false;
  const words = text.split(/\s+/).filter((word) => /^[\p{L}'’(]/u.test(word)).length;
  const begins = /^(?:[-*+•]\s+|\d+[.)]\s+|#{1,6}\s+|\*\*|[`"'(])*\p{Lu}/u.test(text);
  return (words >= 4 && begins) || (words >= 2 && /[:.!?]\**$/.test(text) && begins);
}

/** Whether the lines between two fences are said by the answer rather than shown in it. */
export function looksLikeProse(lines: readonly string[]): boolean {
  const written = lines.filter((line) => !isBlank(line)).slice(0, 60);
  const last = written.at(-1);
  if (last === undefined) return false;
  if (/^\s*(#{1,6}\s+\S|\*\*.+\*\*:?\s*$)/.test(glance(last))) return true;
  const sentences = written.filter(looksLikeSentence).length;
  return sentences * 2 > written.length || (/:\**\s*$/.test(last) && looksLikeSentence(last));
}
