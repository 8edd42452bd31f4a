import type { ProjectFile } from '../schemas/artifact.ts';
import type { Modules } from './modules/index.ts';
import { code } from './section.ts';

/** In characters. An outline is there to call a file by; all of them together take less than the code in question. */
const longestName = 100;
const longestOutline = 400;
const longestOutlines = 12_000;

/** A line for each file; once they grow too long, the paths alone. */
export async function outlines(files: readonly ProjectFile[], modules: Modules): Promise<string> {
  let room = longestOutlines;
  const lines: string[] = [];
  for (const file of files) {
    const line = room > 0 ? `- ${code(file.path)}${await about(file, modules)}` : `- ${code(file.path)}`;
    room -= line.length;
    lines.push(line);
  }
  return lines.join('\n');
}

async function about(file: ProjectFile, modules: Modules): Promise<string> {
  const names = await modules.outline(file);
  return names.length > 0
    ? `: ${listed(names)}`
    : ` (${file.content.trimEnd().split('\n').length} lines)${beginning(file)}`;
}

function listed(names: readonly string[]): string {
  const shown: string[] = [];
  for (const name of names) {
    const next = code(cut(name));
    if (shown.join(', ').length + next.length > longestOutline) break;
    shown.push(next);
  }
  const more = names.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function beginning({ content }: ProjectFile): string {
  const first = /\S[^\n]{0,100}/.exec(content)?.[0];
  return first === undefined ? '' : ` begins ${code(cut(first))}`;
}

const cut = (text: string): string => (text.length > longestName ? `${text.slice(0, longestName - 1)}…` : text);
