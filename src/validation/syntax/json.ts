import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { type SyntaxProblem, syntaxFindings } from './syntax-finding.ts';

/** Read by programs that allow comments and a comma at the end, whatever their name says. */
const withComments =
  /\.jsonc$|(?:^|\/)(?:[tj]sconfig[^/]*|\.eslintrc|\.swcrc|\.babelrc|\.jshintrc|tslint|api-extractor|turbo|deno|biome|angular|nx|typedoc|renovate|\.luarc|language-configuration)\.json$|(?:^|\/)\.vscode\//i;

const strict = /(?:\.(?:json|webmanifest|arb)|(?:^|\/)(?:composer|Pipfile)\.lock)$/i;

/** JSON, or JSON with comments where its reader takes them. Names that may as well hold YAML or JSON5 are left alone. */
export async function checkJson(file: ProjectFile): Promise<Finding[]> {
  if (withComments.test(file.path)) return findings(file, jsonProblem(file.content, true));
  if (!strict.test(file.path) || isJson(file.content)) return [];
  return findings(
    file,
    jsonProblem(file.content, false) ?? {
      message: 'JSON has only spaces, tabs and line breaks between its parts',
      at: 0,
    },
  );
}

const findings = (file: ProjectFile, problem: SyntaxProblem | null) => (problem ? syntaxFindings(file, [problem]) : []);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const part =
  /\s+|(?<comment>\/\/[^\n]*|\/\*.*?\*\/|#[^\n]*)|(?<string>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<scalar>(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))|(?<mark>[{}[\],:])|(?<stray>"[^"\n]*"?|'[^'\n]*'?|[\w.+-]+|.)/gsuy;

type Expected = 'a value' | 'a value or ]' | 'a key' | 'a key or }' | ':' | ', or }' | ', or ]' | 'the end of the file';

/** The first place where a text is no JSON; null where it is. `lenient` takes comments and a comma at the end. */
function jsonProblem(text: string, lenient: boolean): SyntaxProblem | null {
  const closers: string[] = [];
  let expected: Expected = 'a value';
  for (const { 0: found, index, groups = {} } of text.matchAll(part)) {
    const { comment, string, scalar, mark, stray } = groups;
    if (comment !== undefined && !(lenient && !comment.startsWith('#')))
      return { message: 'JSON has no comments', at: index };
    const kind = (string && 'string') ?? (scalar && 'scalar') ?? mark ?? stray;
    if (kind === undefined) continue;
    const next = advance(expected, kind, closers, lenient);
    if (next === null) return { message: describe(expected, found), at: index };
    expected = next;
  }
  return expected === 'the end of the file'
    ? null
    : { message: `The file ends where ${expected} should be`, at: text.trimEnd().length };
}

/** What may follow once `kind` is read where `expected` should be; null where it may not stand there. */
function advance(expected: Expected, kind: string, closers: string[], lenient: boolean): Expected | null {
  switch (true) {
    case expected.startsWith('a key') && kind === 'string':
      return ':';
    case expected === ':' && kind === ':':
      return 'a value';
    case expected.startsWith('a value') && (kind === 'string' || kind === 'scalar'):
      return afterValue(closers);
    case expected.startsWith('a value') && (kind === '{' || kind === '['):
      closers.push(kind === '{' ? '}' : ']');
      return kind === '{' ? 'a key or }' : 'a value or ]';
    case expected.startsWith(', or') && kind === ',':
      return afterComma(closers, lenient);
    case expected.endsWith(` or ${kind}`):
      closers.pop();
      return afterValue(closers);
    default:
      return null;
  }
}

function afterValue(closers: readonly string[]): Expected {
  const closer = closers.at(-1);
  if (closer === undefined) return 'the end of the file';
  return closer === '}' ? ', or }' : ', or ]';
}

function afterComma(closers: readonly string[], lenient: boolean): Expected {
  if (closers.at(-1) === '}') return lenient ? 'a key or }' : 'a key';
  return lenient ? 'a value or ]' : 'a value';
}

function describe(expected: Expected, found: string): string {
  if (/^[}\]]$/.test(found) && (expected === 'a key' || expected === 'a value'))
    return `A comma or colon before \`${found}\` has nothing after it`;
  if (found.startsWith("'")) return 'JSON strings and keys stand in double quotes';
  if (/^(?:True|False|None)$/.test(found)) return `JSON writes true, false and null, not Python's ${found}`;
  const misplaced = /^".*"$/.test(found) && !expected.startsWith('a ');
  if (found.startsWith('"') && !misplaced) return 'This string is not closed, or has a wrong escape';
  return unexpected(expected, found);
}

const unexpected = (expected: Expected, found: string): string =>
  `Expected ${expected}, found \`${found.slice(0, 40)}\``;
