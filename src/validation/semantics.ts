import { checkJavaScriptImports } from './javascript/check-imports.ts';
import { checkPythonImports } from './python/check-imports.ts';
import { checkPythonNames } from './python/check-names.ts';
import { PythonProject } from './python/project.ts';
import type { Check } from './validation.ts';

/** Names and imports that lead nowhere. Types are left to the sandbox. */
export const checkSemantics: Check = async (project) => {
  const python = new PythonProject(project.files);
  return [
    ...python.files.flatMap((file) => checkPythonNames(file, python)),
    ...checkPythonImports(project, python),
    ...(await checkJavaScriptImports(project)),
  ];
};
