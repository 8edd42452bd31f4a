import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { ParseError } from '../javascript/module.ts';
import { parseModule } from '../javascript/parser.ts';
import { placeOf } from '../place.ts';
import { syntaxFindings, tooDeep } from './syntax-finding.ts';

/** JavaScript, TypeScript and JSX, by the extension. */
export async function checkJavaScript(file: ProjectFile): Promise<Finding[]> {
  const parsed = await parseModule(file);
  if (parsed === null) return [tooDeep(file)];
  return syntaxFindings(
    file,
    parsed.errors.map((error) => ({ message: inWords(error, file), at: error.offset })),
  );
}

const inWords = ({ message, related }: ParseError, file: ProjectFile): string =>
  [message, ...related.map((other) => `${other.message}: line ${placeOf(file, other.offset).line}`)].join('. ');
