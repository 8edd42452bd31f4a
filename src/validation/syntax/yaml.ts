import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { syntaxFindings, tooDeep } from './syntax-finding.ts';

/** YAML 1.2 as the grammar has it. Doubled keys and unknown tags are left to the program that reads the file. */
export async function checkYaml(file: ProjectFile): Promise<Finding[]> {
  const { parseAllDocuments } = await import('yaml');
  const options = { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' } as const;
  const errors = [...parseAllDocuments(file.content, options)].flatMap((document) => document.errors);
  if (errors.some(({ message }) => message.startsWith('Maximum call stack'))) return [tooDeep(file)];
  return syntaxFindings(
    file,
    errors.map(({ message, pos }) => ({ message, at: pos[0] })),
  );
}
