import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { jsonProblem } from '../schemas/lenient-json.ts';
import { ExecutionPlan, type ExecutionPlanInput } from '../schemas/plan.ts';
import { describeProblems } from '../schemas/problems.ts';
import { badInput, reason } from './exit.ts';

/** A file, or standard input for `-`. */
export const readInput = async (path: string): Promise<string> => {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (error) {
    throw badInput(`${path} cannot be read: ${reason(error)}`);
  }
};

/** A plan as it will be sent: checked here already, so that a typo costs no round trip. */
export async function readPlan(path: string): Promise<ExecutionPlanInput> {
  const plan = parseJson(await readInput(path), path);
  const parsed = ExecutionPlan.safeParse(plan);
  if (parsed.success) return plan as ExecutionPlanInput;
  throw badInput(`${path} is no plan that can be used:\n- ${describeProblems(parsed.error, plan).join('\n- ')}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput(`${path}: ${jsonProblem(text)}`);
  }
}
