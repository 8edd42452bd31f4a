import { isBlank, lastWritten } from './lines.ts';

const continuation =
  /\b(continued? in (the )?(next|following|another) (message|response|part|answer|reply)|to be continued|continues? (in|on) (the )?next|(i'll|i will|let me) continue (in|with)|part 1 of \d|would you like me to continue|(say|type|reply|send) ["'“]?continue|due to (the )?(length|character|token|space|size|response)[\w ]{0,20}(limit|constraint)|(response|output|answer|message) (is |was )?(too long|truncated|cut off)|\[truncated\]|\(continued\b)/i;

/** Whether the last lines of the answer promise more than it holds. */
export function promisesMore(lines: readonly string[]): boolean {
  const last = lastWritten(lines, lines.length);
  return lines.slice(Math.max(0, last - 5), last + 1).some((line) => continuation.test(line.slice(0, 500)));
}

/** Whether nothing but white space and marks follows a line. */
export const endsAnswer = (lines: readonly string[], to: number): boolean => {
  for (let line = to; line < lines.length; line += 1) {
    if (
      !isBlank(lines[line] ?? '') &&
      !/^\s*(`{3,}|~{3,}|<\/[\w:-]{1,60}>)\s*$/.test((lines[line] ?? '').slice(0, 100))
    )
      return false;
  }
  return true;
};

const bracketed = /\.([cm]?[jt]sx?|java|go|rs|c|h|cc|cpp|hpp|cs|kt|swift|scala|dart|php|css|scss|json)$/;
const ignored = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** Code that ends with blocks still open, its last line cut: the model stopped, whoever closed the fence. */
export function endsOpen(path: string, content: string): boolean {
  if (!bracketed.test(path) || content.length > 200_000) return false;
  const code = content.replace(ignored, '');
  let depth = 0;
  for (const mark of code) depth += mark === '{' ? 1 : mark === '}' ? -1 : 0;
  return depth > 0 && !/[;}\])>]\s*$/.test(code);
}
