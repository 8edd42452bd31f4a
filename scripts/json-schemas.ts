import { z } from 'zod';
import { ExecutionPlan } from '../src/schemas/plan.ts';
import { ArtifactResult } from '../src/schemas/result.ts';
import { NonBlank } from '../src/schemas/text.ts';
import { writeOrCheck } from './generated.ts';

/**
 * The wire contract for callers in other languages: the plan as a caller may write it, and the result as it is sent.
 * Writes the documents into `schemas`, or into the folder that is named; `--check` exits with 1 where one is stale.
 */
const documents = [
  {
    file: 'execution-plan.schema.json',
    schema: ExecutionPlan,
    title: 'ExecutionPlan',
    description: "ROMA's PTCExecutionPlan, the one argument of the workflow generateCode. Unknown fields are ignored.",
  },
  {
    file: 'artifact-result.schema.json',
    schema: ArtifactResult,
    title: 'ArtifactResult',
    description: "ROMA's PTCArtifactResult, which the workflow generateCode returns.",
  },
];

function textOf({ schema, title, description }: (typeof documents)[number]): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', override: mend });
  return `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`;
}

/** A transform hides what comes after it, and the default of a moment would be the moment of writing. */
function mend({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (zodSchema === NonBlank) jsonSchema.minLength = 1;
  if (zodSchema === ExecutionPlan.shape.created_at) delete jsonSchema.default;
}

const files = documents.map((document) => ({ file: document.file, text: textOf(document) }));
await writeOrCheck(files, 'schemas', 'npm run schemas');
