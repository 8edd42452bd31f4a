import type { ExecutionPlan, Scaffolding } from '../schemas/plan.ts';
import { strip } from '../schemas/text.ts';
import { code, fence, inline, quote, section } from './section.ts';

/** The task of a plan: the first message of every round, so that vendors can cache it. */
export const taskPrompt = (plan: ExecutionPlan): string => {
  const { scaffolding } = plan;
  return [
    ...section('Task Description', quote(scaffolding.task_description)),
    ...section('Requirements', numbered(scaffolding.requirements)),
    ...section('Dependencies', bullets(scaffolding.dependencies.map(strip).filter(Boolean).map(code))),
    ...section('Architecture', architecture(scaffolding)),
    ...section('File Structure', fileStructure(scaffolding)),
    ...section('Context', scaffolding.context && strip(scaffolding.context) ? quote(scaffolding.context) : null),
    ...section('Your Task', yourTask(plan)),
  ].join('\n\n');
};

const yourTask = ({ enable_testing }: ExecutionPlan): string =>
  enable_testing
    ? 'Write all files of this project, with tests that cover every requirement, in the answer format.'
    : 'Write all files of this project in the answer format.';

const numbered = (items: string[]): string =>
  items
    .map(inline)
    .filter(Boolean)
    .map((item, index) => `${index + 1}. > ${item}`)
    .join('\n');

const bullets = (items: string[]): string => items.map((item) => `- ${item}`).join('\n');

const architecture = ({ architecture: shape }: Scaffolding): string | null =>
  shape && Object.keys(shape).length > 0 ? fence(JSON.stringify(shape, null, 2), 'json') : null;

const fileStructure = ({ file_structure }: Scaffolding): string =>
  bullets(
    Object.entries(file_structure ?? {}).map(([path, description]) =>
      strip(description) ? `${code(path)}: ${inline(description)}` : code(path),
    ),
  );
