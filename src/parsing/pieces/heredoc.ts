/** How a heredoc that writes a file begins. */
interface HeredocStart {
  path: string;
  delimiter: string;
  /** A quoted delimiter: the shell takes the text as it is. */
  literal: boolean;
  /** `<<-`: the shell drops tabs at the start of lines. */
  dropsTabs: boolean;
  appends: boolean;
}

const opening = /<<(-?)\s*(\\?)(["']?)([A-Za-z_][\w-]*)\3/;
const target = /(>>?)\s*(["']?)([^\s"'<>|&;]+)\2/;
const tee = /\btee\s+(-a\s+)?(["']?)([^\s"'<>|&;-][^\s"'<>|&;]*)\2/;

export function heredocStart(line: string): HeredocStart | null {
  if (
    line.length > 400 ||
    !line.includes('<<') ||
    !/^\s*(?:[$#%]\s+)?(?:sudo\s+|mkdir\s[^&;]*(?:&&|;)\s*)*(cat|tee)\b/.test(line)
  )
    return null;
  const start = opening.exec(line);
  if (start === null) return null;
  const rest = line.slice(0, start.index) + line.slice(start.index + start[0].length);
  const written = tee.exec(rest);
  const redirected = target.exec(rest);
  const path = written?.[3] ?? redirected?.[3];
  if (path === undefined || path.startsWith('/dev/')) return null;
  const appends = written === null ? redirected?.[1] === '>>' : written[1] !== undefined;
  return {
    path,
    delimiter: start[4] ?? '',
    literal: start[2] !== '' || start[3] !== '',
    dropsTabs: start[1] === '-',
    appends,
  };
}

/** A file that a shell script writes. Indices into its lines, the end exclusive. */
interface HeredocFile {
  path: string;
  content: string;
  from: number;
  to: number;
  appends: boolean;
  closed: boolean;
}

export function heredocFiles(lines: readonly string[]): HeredocFile[] {
  const files: HeredocFile[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const start = heredocStart(lines[line] ?? '');
    if (start === null) continue;
    let end = line + 1;
    while (end < lines.length && !ends(lines[end] ?? '', start)) end += 1;
    const body = lines.slice(line + 1, end).map((text) => asShellReads(text, start));
    const content = body.length === 0 ? '' : `${body.join('\n')}\n`;
    files.push({
      path: start.path,
      content,
      from: line + 1,
      to: end,
      appends: start.appends,
      closed: end < lines.length,
    });
    line = end;
  }
  return files;
}

const ends = (line: string, { delimiter }: HeredocStart): boolean => line.length < 200 && line.trim() === delimiter;

/** Without quotes around the delimiter the shell takes a backslash away before `$`, a backtick and itself. */
function asShellReads(line: string, { literal, dropsTabs }: HeredocStart): string {
  const text = dropsTabs ? line.replace(/^\t+/, '') : line;
  return literal ? text : text.replace(/\\([$`\\])/g, '$1');
}
