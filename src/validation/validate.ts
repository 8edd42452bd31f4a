import { type Finding, isError } from '../schemas/finding.ts';
import { checkPlan } from './plan.ts';
import { checkRules } from './rules.ts';
import { checkSemantics } from './semantics.ts';
import { checkSyntax } from './syntax.ts';
import type { Check, Project } from './validation.ts';

/** ROMA's stages in their order. Its third, `integration/`, runs compilers over the code, and so in the sandbox, before the tests. */
const stages: readonly (readonly Check[])[] = [[checkRules, checkPlan, checkSyntax], [checkSemantics]];

/** What is wrong with a project's files, without running them. A stage with errors ends it: the later ones would only echo them. */
export async function validate(project: Project): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const checks of stages) {
    findings.push(...(await Promise.all(checks.map((check) => check(project)))).flat());
    if (findings.some(isError)) break;
  }
  return findings;
}
