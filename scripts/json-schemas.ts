import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../src/folders.ts';
import { ExecutionPlan } from '../src/schemas/plan.ts';
import { ArtifactResult } from '../src/schemas/result.ts';
import { NonBlank } from '../src/schemas/text.ts';

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

const isCheck = process.argv.includes('--check');
const [folder = join(projectFolder, 'schemas')] = process.argv.slice(2).filter((argument) => argument !== '--check');
if (!isCheck) await mkdir(folder, { recursive: true });
for (const document of documents) {
  const path = join(folder, document.file);
  if (!isCheck) await writeFile(path, textOf(document));
  else if ((await readFile(path, 'utf8').catch(() => '')) !== textOf(document)) tellStale(path);
}

function tellStale(path: string): void {
  process.stderr.write(`${path} is stale; mend it: npm run schemas\n`);
  process.exitCode = 1;
}
