import { languageOf, languages } from '../../languages/index.ts';

/** A path in a line of text, with where it stands and whether marks (a code span, bold, quotes) set it off. */
export interface Mention {
  path: string;
  from: number;
  to: number;
  marked: boolean;
  /** It points to some lines of the file only: `src/a.ts:10-20`. */
  excerpt: boolean;
}

const wholeNames = new Set(languages.flatMap((language) => language.fileNames ?? []));
const otherExtensions = new Set(
  'lock log map key pem crt pdf db sqlite sqlite3 wasm sample example template dist snap out in patch diff bak tpl po pot strings png jpg jpeg gif ico webp woff woff2 ttf mp3 mp4 wav zip jar war xlsx docx lockb http rest feature robot bats cy stories tests rules service socket timer spec eslintrc prettierrc babelrc npmrc plist entitlements pbxproj gn gni wit wat bnf ebnf pest y l lex yy cu cuh metal ron kdl dhall cue rego jsonnet libsonnet puml mmd dot gv excalidraw drawio uml'.split(
    ' ',
  ),
);
const frameworks =
  /^(node|vue|next|react|express|three|d3|nuxt|angular|backbone|ember|moment|chart|socket|p5|discord|alpine|electron|require|leaflet|knockout|mocha|nest|ethers|web3|tensorflow|phaser|pixi|babylon|handlebars|underscore|polymer|gatsby|solid|asp|ml|vb|ado|bun|deno|paper|fabric|matter|highlight|prism|video|anime)\.(js|net|io|sh)$/i;
const members =
  /^(res|req|request|response|resp|ctx|this|self|process|meta|import\.meta|os|sys|np|pd|plt|fs|document|window|module|exports|math|console|event|super|cls|obj|object|torch|tf|nn|std|system)\.\w+$/i;

/** The path that a token names, cleaned, or null. `trusted`: set off by marks or standing alone, so that more passes. */
export function asPath(token: string, trusted: boolean): string | null {
  if (token.length > 250) return null;
  const path = cleaned(token);
  if (
    path === '' ||
    path.length > 180 ||
    /[\s<>|"?*`\0]|:\/\/|^www\.|^-|\/\/|\.\.\.|[,;：，。、；（）]/.test(path) ||
    path.endsWith('/')
  )
    return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (wholeNames.has(name) || isVariant(name)) return isPlainWord(name) && !trusted ? null : path;
  return isNamed(path, name, trusted) ? path : null;
}

const isVariant = (name: string): boolean =>
  /^(Dockerfile|Makefile|Jenkinsfile|\.env|\.gitignore|\.eslintrc|\.prettierrc|\.babelrc)\.[\w-]+$/.test(name);

/** `LICENSE` or `BUILD` in running text is a word. */
const isPlainWord = (name: string): boolean => /^[A-Z]+$/.test(name);

function isNamed(path: string, name: string, trusted: boolean): boolean {
  const extension = /\.([A-Za-z0-9][\w-]*)$/.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) return trusted && isBareProgram(path);
  if (
    /^v?\d+(\.\d+)*$/.test(name) ||
    /^\d+$/.test(extension) ||
    (frameworks.test(name) && !(trusted && name === name.toLowerCase())) ||
    members.test(path)
  )
    return false;
  if (/^[^/]+@[^/]+$/.test(path) || /\(.*\)$/.test(name)) return false;
  if (languageOf(name) === null && !otherExtensions.has(extension))
    return trusted && path.includes('/') && extension.length <= 12;
  return extension.length > 1 || trusted || path.includes('/');
}

/** `bin/run`, `.husky/pre-commit`: no extension, but a folder that says what it is. */
const isBareProgram = (path: string): boolean =>
  /^(\.?\/)?(bin|scripts?|\.husky|\.github|cmd|tools?|hooks|config|etc|src|\.config|debian)\/([\w.-]+\/)*[\w.-]+$/.test(
    path,
  ) || /^\.[a-z]{2,}(rc|ignore|config)$/.test(path);

function cleaned(token: string): string {
  let path = token.trim().replace(/^[`'"*“”‘’«»【「《(]+(?=.)|[`'"*“”‘’«»】」》]+$/g, '');
  path = path.replace(/[:.,;!?：，。、]+$/, '').replace(/[`'"*”’]+$/, '');
  path = balanced(path).replace(/(:\d+(-\d+)?(:\d+)?|#L\d+.*|\(\d+-\d+\))$/, '');
  return path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .replace(/^file:(\/\/)?(?=.)/i, '');
}

/** `(main.go)` loses its parentheses, `app/(shop)/page.tsx` keeps them. */
function balanced(path: string): string {
  let text = path;
  if (/^[([].*[)\]]$/.test(text) && !/[)\]].*[([]/.test(text)) text = text.slice(1, -1);
  const count = (mark: string) => text.split(mark).length - 1;
  while (/[)\]}]$/.test(text) && count('(') + count('[') + count('{') < count(')') + count(']') + count('}'))
    text = text.slice(0, -1);
  while (/^[([{]/.test(text) && count('(') + count('[') + count('{') > count(')') + count(']') + count('}'))
    text = text.slice(1);
  return text;
}

const spans =
  /`([^`]{1,200})`|\[([^\]]{1,200})\]\(([^)]{1,200})\)|"([^"\s]{1,200})"|“([^”\s]{1,200})”|\*\*([^*\s]{1,200})\*\*|<(?:code|b|strong|em|i)>([^<]{1,200})<\/|([^\s`：，。、；（）「」【】《》]+)/g;

/** Most text has neither a stop or slash inside a word nor one of the names that need none, and is passed over. */
export const mayHoldPath = new RegExp(
  `[./\\\\][\\w([+@$]|\\b(?:${[...wholeNames].filter((name) => /^\w+$/.test(name)).join('|')})\\b`,
);

/** Every path in a line, in order. `known` are paths that count whatever they look like. */
export function pathsIn(text: string, known: ReadonlySet<string> = new Set()): Mention[] {
  const mentions: Mention[] = [];
  if (!mayHoldPath.test(text)) return mentions;
  for (const match of text.matchAll(spans)) {
    const [whole, code, link, target, quoted, quoted2, bold, html, bare] = match;
    const marked = bare === undefined;
    const token = code ?? link ?? quoted ?? quoted2 ?? bold ?? html ?? bare ?? '';
    if (!marked && !mayHoldPath.test(token)) continue;
    const path = known.has(token)
      ? token
      : (asPath(token, marked) ?? (target === undefined ? null : asPath(target, true)));
    if (path === null) continue;
    mentions.push({
      path,
      from: match.index,
      to: match.index + whole.length,
      marked,
      excerpt: /(:\d+-\d+|#L\d+|\(\d+-\d+\))\W*$/.test(token),
    });
  }
  return mentions;
}
