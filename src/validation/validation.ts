import type { ProjectFile } from '../schemas/artifact.ts';
import type { Finding } from '../schemas/finding.ts';
import type { ExecutionPlan } from '../schemas/plan.ts';

/** What a check may look at. Without a plan (as in `ptc check DIR`) only the files speak. */
export interface Project {
  files: ProjectFile[];
  plan: Pick<ExecutionPlan, 'enable_testing' | 'scaffolding'> | null;
}

/** One check over a whole project. Findings with severity `error` cost the round. */
export type Check = (project: Project) => Promise<Finding[]>;
