/**
 * How long the parser takes for ordinary and for hostile text: `node bench/parsing.ts`. Prints nanoseconds for each
 * character, and how many times that of ordinary answers it is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFiles } from '../src/parsing/extract-files.ts';

const size = 1_000_000;
const fixtures = join(import.meta.dirname, '../tests/fixtures/answers');
const answers = readdirSync(fixtures)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(join(fixtures, name), 'utf8'));

const fill = (text: string): string => text.repeat(Math.ceil(size / text.length)).slice(0, size);
const deepList = Array.from({ length: 1400 }, (_, depth) => `${' '.repeat(depth)}- x`).join('\n');

const texts: Record<string, string> = {
  'ordinary answers': fill(answers.join('\n\n')),
  'a million backticks': fill('`'),
  'bare fences': fill('```\n'),
  'tagged fences': fill('```python\n'),
  'deep lists': deepList,
  'one endless line': fill('word '),
  'one endless line of paths': fill('`src/a.py` '),
  'nested tags': fill('<file path="a.py">\n'),
  'open brackets': fill('['),
  'open braces, a line each': fill('{\n'),
  'unpaired surrogates': fill('\ud800'),
  'conflict markers': fill('<<<<<<< SEARCH\n'),
  'separator lines': fill('=== a.py ===\n'),
  'open strings': `\`\`\`python\n"""\n${fill('x = 1\n```\n')}`,
};

function nanosecondsPerCharacter(text: string): number {
  const before = process.cpuUsage();
  extractFiles(text);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / text.length;
}

for (const answer of answers) extractFiles(answer); // compiled before it is measured
const ordinary = nanosecondsPerCharacter(texts['ordinary answers'] ?? '');
for (const [name, text] of Object.entries(texts)) {
  const cost = nanosecondsPerCharacter(text);
  process.stdout.write(
    `${name.padEnd(28)} ${cost.toFixed(0).padStart(6)} ns ${(cost / ordinary).toFixed(2).padStart(7)}\n`,
  );
}
