import type { ProjectFile } from '../schemas/artifact.ts';
import { shorten } from './clean-text.ts';
import type { Failure } from './report.ts';

const lineCharacters = 200;
const allCharacters = 3000;

/**
 * The code that a failure went through, its own line marked. Taken from the files as they were given: what the
 * sandbox says of them is not believed.
 */
export function excerpt(frames: Failure['frames'], files: ProjectFile[], around: number): string | null {
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const pieces = frames.flatMap(({ file, line, function: name }) => {
    const content = contents.get(file);
    if (content === undefined) return [];
    return [`${file}:${line}${name === '' ? '' : ` in ${name}`}`, ...codeAround(content, line, around)];
  });
  return pieces.length === 0 ? null : shorten(pieces.join('\n'), allCharacters);
}

function codeAround(content: string, line: number, around: number): string[] {
  const first = Math.max(line - around, 1);
  const lines = content.split('\n').slice(first - 1, line + around);
  return lines.map((code, index) => {
    const number = first + index;
    return shorten(`${number === line ? '>' : ' '} ${number} | ${code.trimEnd()}`, lineCharacters);
  });
}
