import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { syntaxFindings } from './syntax-finding.ts';

/** TOML 1.0. Its parser stops at the first error. */
export async function checkToml(file: ProjectFile): Promise<Finding[]> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    parse(file.content);
    return [];
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [message = 'Invalid TOML'] = error.message.split('\n'); // the rest is its own excerpt
    return syntaxFindings(file, [{ message, at: { line: error.line, column: error.column } }]);
  }
}
