import { languageOf } from '../languages/index.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, finding } from '../schemas/finding.ts';
import { isParsable } from './parsable.ts';
import type { Check } from './validation.ts';

/** Each file by its own language's grammar. */
export const checkSyntax: Check = async ({ files }) => {
  const checked = files.filter((file) => !isTemplate(file) && !isMeantWrong(file));
  return (await Promise.all(checked.map(checkFile))).flat();
};

async function checkFile(file: ProjectFile): Promise<Finding[]> {
  const language = languageOf(file.path);
  if (!language?.checkSyntax) return [];
  if (isParsable(file)) return language.checkSyntax(file);
  return [
    finding('syntactic', 'not-parsed', 'The file is too long to be parsed.', { file: file.path, severity: 'info' }),
  ];
}

/** Helm, cookiecutter, Jinja: valid only once it is filled in. */
const isTemplate = ({ path, content }: ProjectFile): boolean =>
  path.includes('{{') || (/(?:^|\/)templates?\//i.test(path) && /\{\{|\{%/.test(content));

/** Data for a test of what happens to wrong input. */
const isMeantWrong = ({ path, type }: ProjectFile): boolean =>
  (type === 'data' || /(?:^|\/)(?:__)?fixtures?(?:__)?\//i.test(path)) &&
  /(?:invalid|malformed|broken|corrupt|bad|error)[^/]*$/i.test(path);
