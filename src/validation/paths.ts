import { type Finding, finding } from '../schemas/finding.ts';

/** A kind of path that is refused: its finding code, what it refuses in words, and the test over path and segments. */
export interface PathRule {
  readonly code: string;
  readonly refuses: string;
  readonly example: string;
  matches(path: string, segments: readonly string[]): boolean;
}

/** In bytes of UTF-8: what common file systems take for a name, and what fits a path next to any base folder. */
const longestName = 255;
const longestPath = 1024;

const bytes = (text: string): number => Buffer.byteLength(text);

/** `COM1`, `aux.py`: Windows opens the device, whatever follows the first dot. */
const windowsDevice = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?$/i;

/** `git~1` is how NTFS may spell `.git`. */
const versionControl = /^(?:\.git|git~\d+|\.hg|\.svn|\.jj)$/i;

const installed = /^(?:node_modules|\.?venv|site-packages|__pycache__|\.yarn|\.ptc-files\.json)$/i;

/** Read by a tool as soon as the folder is opened, entered or installed, and able to start a program there. */
const selfStarting = [
  // package managers and interpreters
  /(?:^|\/)(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.[cm]?js|pnpmfile\.[cm]?js|pip\.conf|pyvenv\.cfg|[^/]+\.pth)$/i,
  /(?:^|\/)(?:site|user)customize(?:\.[^/]*)?(?:\/|$)/i,
  // hooks of version control
  /(?:^|\/)(?:\.husky|\.githooks)(?:\/|$)/i,
  // editors, their tasks, and containers that they start
  /(?:^|\/)\.vscode\/(?:tasks|settings)\.json$|\.code-workspace$/i,
  /(?:^|\/)(?:\.idea|\.run|\.vs|\.fleet|\.zed|\.devcontainer)(?:\/|$)|(?:^|\/)(?:\.devcontainer\.json|\.gitpod\.yml)$/i,
  /(?:^|\/)(?:\.exrc|\.nvimrc|\.nvim\.lua|\.dir-locals\.el|\.gdbinit|\.lldbinit)$/i,
  // coding agents
  /(?:^|\/)(?:\.claude|\.cursor|\.gemini|\.codex)(?:\/|$)|(?:^|\/)\.mcp\.json$/i,
  // shells and desktops
  /(?:^|\/)(?:\.envrc|\.autoenv[^/]*|desktop\.ini|autorun\.inf)$/i,
];

/** Every path that is refused, the plainest reason first. The documentation is made from this table. */
export const pathRules: readonly PathRule[] = [
  {
    code: 'path-blank',
    refuses: 'an empty or blank path',
    example: './',
    matches: (path, segments) => !path.startsWith('/') && segments.every((name) => name.trim() === ''),
  },
  {
    code: 'path-control-character',
    refuses: 'NUL, control, invisible and broken characters',
    example: 'src/a\0.py',
    matches: (path) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(path) || !path.isWellFormed(),
  },
  {
    code: 'path-drive',
    refuses: 'a Windows drive',
    example: 'C:/temp/a.py',
    matches: (path) => /^[a-z]:/i.test(path),
  },
  {
    code: 'path-unc',
    refuses: 'a network share',
    example: '//server/share/a.py',
    matches: (path) => /^[\\/]{2}/.test(path),
  },
  {
    code: 'path-absolute',
    refuses: 'an absolute path, or one in a home folder',
    example: '/etc/passwd',
    matches: (path, [first]) => /^[\\/]/.test(path) || first?.startsWith('~') === true,
  },
  {
    code: 'path-parent',
    refuses: 'a `..` segment',
    example: 'src/../../a.py',
    matches: (path) => path.split(/[\\/]/).includes('..'),
  },
  {
    code: 'path-backslash',
    refuses: 'a backslash',
    example: 'src\\a.py',
    matches: (path) => path.includes('\\'),
  },
  {
    code: 'path-folder',
    refuses: 'a folder in place of a file',
    example: 'src/',
    matches: (path) => /\/\.?$/.test(path),
  },
  {
    code: 'path-too-long',
    refuses: `a name of more than ${longestName} bytes, or a path of more than ${longestPath}`,
    example: `src/${'a'.repeat(longestName)}.py`,
    matches: (path, segments) => bytes(path) > longestPath || segments.some((name) => bytes(name) > longestName),
  },
  {
    code: 'path-option',
    refuses: 'a path that a program would read as an option',
    example: '-rf',
    matches: (_, [first]) => first?.startsWith('-') === true,
  },
  {
    code: 'path-windows-device',
    refuses: "one of Windows' device names, with any extension",
    example: 'src/aux.py',
    matches: (_, segments) => segments.some((name) => windowsDevice.test(name)),
  },
  {
    code: 'path-windows-ending',
    refuses: 'a name that ends in a dot or space, which Windows drops',
    example: 'src/a.py.',
    matches: (_, segments) => segments.some((name) => /[.\s]$/.test(name)),
  },
  {
    code: 'path-windows-character',
    refuses: 'a character that Windows forbids: < > : " | ? *',
    example: 'src/a.py:stream',
    matches: (path) => /[<>:"|?*]/.test(path),
  },
  {
    code: 'path-version-control',
    refuses: 'the data of a version control system',
    example: '.git/hooks/pre-commit',
    matches: (_, segments) => segments.some((name) => versionControl.test(name)),
  },
  {
    code: 'path-installed',
    refuses: 'a folder of installed packages',
    example: 'node_modules/vitest/index.js',
    matches: (_, segments) => segments.some((name) => installed.test(name)),
  },
  {
    code: 'path-self-starting',
    refuses: 'a file that runs by itself when a folder is opened, entered or installed',
    example: '.vscode/tasks.json',
    matches: (_, segments) => selfStarting.some((pattern) => pattern.test(segments.join('/'))),
  },
];

const segmentsOf = (path: string): string[] => path.split('/').filter((name) => name !== '' && name !== '.');

/** The first rule that refuses this path; null where none does. */
export function pathProblem(path: string): PathRule | null {
  const segments = segmentsOf(path);
  return pathRules.find((rule) => rule.matches(path, segments)) ?? null;
}

/** The path without `./` and doubled `/`, safe to join to any folder on any system; null where a rule refuses it. */
export const safePath = (path: string): string | null => (pathProblem(path) ? null : segmentsOf(path).join('/'));

/** The refusal of a path in words for the model; null where it is safe. */
export function pathFinding(path: string): Finding | null {
  const rule = pathProblem(path);
  if (!rule) return null;
  return finding(
    'plan',
    rule.code,
    `${quotePath(path)} is refused: ${rule.refuses}. Use a relative path inside the project.`,
  );
}

/** For messages: control characters escaped, and cut. */
export function quotePath(path: string): string {
  const shown = path.length > 120 ? `${path.slice(0, 120)}…` : path;
  return JSON.stringify(shown).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

/** Equal for paths that some file system takes for the same: case and Unicode form left out. */
export const collisionKey = (path: string): string =>
  segmentsOf(path).join('/').normalize('NFC').toUpperCase().normalize('NFC');

/** `a/b/c.py` lies in `a` and `a/b`. */
export const foldersOf = (path: string): string[] => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
