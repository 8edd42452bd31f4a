import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { placeOf } from '../place.ts';
import { compileErrors, lintPython, pythonTokens, type Token } from '../ruff.ts';
import { syntaxFindings, tooDeep } from './syntax-finding.ts';

/** What CPython would refuse to compile, in Ruff's words. */
export async function checkPython(file: ProjectFile): Promise<Finding[]> {
  const diagnostics = lintPython(file.content);
  if (diagnostics === null) return [tooDeep(file)];
  const wrong = diagnostics.filter(({ code }) => code === 'invalid-syntax' || compileErrors.includes(code ?? ''));
  if (wrong.length === 0) return [];
  const problems = wrong.map(({ message, start_location: { row, column } }) => ({
    message,
    at: { line: row, column },
  }));
  return syntaxFindings(file, problems).map((found, index) => (index === 0 ? explain(found, file) : found));
}

/** The error stands where the parser stumbled; the cause may be an earlier bracket, or Python 2. */
function explain(found: Finding, file: ProjectFile): Finding {
  if (/^\s*(?:print|exec)\s+[^\s(=]/.test(found.excerpt ?? '')) {
    return { ...found, message: `${found.message}. In Python 3, print and exec are functions: print(...)` };
  }
  const open = unclosed(pythonTokens(file.content) ?? []);
  if (!open) return found;
  const { line } = placeOf(file, open.offset);
  return { ...found, message: `${found.message}. The \`${open.text}\` of line ${line} is not closed` };
}

function unclosed(tokens: readonly Token[]): Token | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (/^[([{]$/.test(token.text)) open.push(token);
    else if (/^[)\]}]$/.test(token.text)) open.pop();
  }
  return open.at(-1);
}
