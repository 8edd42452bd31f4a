import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractFiles } from '../../../src/parsing/extract-files.ts';

const folder = join(import.meta.dirname, '../../../../shared/real-answers');

/** Answers of real models that are not part of the project: scored where they lie beside it. */
describe.skipIf(!existsSync(folder))('answers of real models', () => {
  it('finds nearly every file of them, and nearly nothing else', () => {
    const names = readdirSync(folder).filter((name) => /^\d.*\.md$/.test(name));
    const predictions = names.map((name) => [name, extractFiles(readFileSync(join(folder, name), 'utf8')).files]);
    const score = scoreOf(Object.fromEntries(predictions));
    expect(score.f1).toBeGreaterThanOrEqual(0.97);
    expect(score.fullyExact / score.answers).toBeGreaterThanOrEqual(0.9);
  });
});

function scoreOf(predictions: object): { f1: number; fullyExact: number; answers: number } {
  const temporary = mkdtempSync(join(tmpdir(), 'answers-'));
  try {
    const file = join(temporary, 'predictions.json');
    writeFileSync(file, JSON.stringify(predictions));
    return JSON.parse(execFileSync(process.execPath, [join(folder, 'score.mjs'), file], { encoding: 'utf8' }));
  } finally {
    rmSync(temporary, { recursive: true });
  }
}
