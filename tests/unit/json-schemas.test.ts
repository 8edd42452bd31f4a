import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { projectFolder } from '../../src/folders.ts';
import { ExecutionPlan } from '../../src/schemas/plan.ts';

const script = join(projectFolder, 'scripts', 'json-schemas.ts');
const runScript = (...args: string[]) => promisify(execFile)(process.execPath, [script, ...args]);

let published: z.ZodType;
beforeAll(async () => {
  const schema = await readFile(join(projectFolder, 'schemas', 'execution-plan.schema.json'), 'utf8');
  published = z.fromJSONSchema(JSON.parse(schema));
});

const scaffolding = { task_description: 'Add two numbers' };

describe('the JSON Schema of a plan agrees with PTC about', () => {
  test.each([
    { what: 'the two required fields alone', plan: { execution_id: 'a', scaffolding } },
    {
      what: 'a moment without a zone',
      plan: { execution_id: 'a', scaffolding, created_at: '2026-11-23T09:00:00.123456' },
    },
    { what: 'a moment in Unix seconds', plan: { execution_id: 'a', scaffolding, created_at: 1_764_000_000 } },
    {
      what: 'fields of a newer ROMA',
      plan: { execution_id: 'a', scaffolding: { ...scaffolding, tone: 1 }, priority: 'high' },
    },
    {
      what: 'nulls where they are allowed',
      plan: {
        execution_id: '../../x y',
        scaffolding: { ...scaffolding, architecture: null, file_structure: null, context: null },
        fallback_llm: null,
        cache_ttl: null,
        project_name: null,
        roma_task_id: null,
      },
    },
  ])('$what: valid', ({ plan }) => {
    expect(published.safeParse(plan).success).toBe(true);
    expect(ExecutionPlan.safeParse(plan).success).toBe(true);
  });

  test.each([
    { what: 'no scaffolding', plan: { execution_id: 'a' } },
    { what: 'an empty execution_id', plan: { execution_id: '', scaffolding } },
    { what: 'an unknown family', plan: { execution_id: 'a', scaffolding, primary_llm: 'gpt' } },
    { what: 'too many rounds', plan: { execution_id: 'a', scaffolding, max_iterations: 11 } },
    { what: 'half a second', plan: { execution_id: 'a', scaffolding, timeout_seconds: 30.5 } },
    { what: 'a null moment', plan: { execution_id: 'a', scaffolding, created_at: null } },
    {
      what: 'requirements that are no texts',
      plan: { execution_id: 'a', scaffolding: { ...scaffolding, requirements: [1] } },
    },
  ])('$what: invalid', ({ plan }) => {
    expect(published.safeParse(plan).success).toBe(false);
    expect(ExecutionPlan.safeParse(plan).success).toBe(false);
  });
});

describe('scripts/json-schemas.ts', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ptc-schemas-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('finds the files of this checkout up to date', async () => {
    await expect(runScript('--check')).resolves.toMatchObject({ stderr: '' });
  });

  test('names a stale file and the command that mends it, and exits with 1', async () => {
    await runScript(folder);
    await expect(runScript('--check', folder)).resolves.toMatchObject({ stderr: '' });
    const path = join(folder, 'artifact-result.schema.json');
    await appendFile(path, ' ');
    await expect(runScript('--check', folder)).rejects.toMatchObject({
      code: 1,
      stderr: `${path} is stale; mend it: npm run schemas\n`,
    });
  });
});
