import { languageOf } from '../languages/index.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import type { Check } from './validation.ts';

/** Each file by its own language's grammar. */
export const checkSyntax: Check = async ({ files }) => {
  const checked = files.filter((file) => !isTemplate(file) && !isMeantWrong(file));
  const found = await Promise.all(
    checked.map(async (file) => (await languageOf(file.path)?.checkSyntax?.(file)) ?? []),
  );
  return found.flat();
};

/** Helm, cookiecutter, Jinja: valid only once it is filled in. */
const isTemplate = ({ path, content }: ProjectFile): boolean =>
  path.includes('{{') || (/(?:^|\/)templates?\//i.test(path) && /\{\{|\{%/.test(content));

/** Data for a test of what happens to wrong input. */
const isMeantWrong = ({ path, type }: ProjectFile): boolean =>
  type === 'data' && /(?:invalid|malformed|broken|corrupt|bad|error)[^/]*$/i.test(path);
