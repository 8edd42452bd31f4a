/**
 * How long the parser takes for ordinary and for hostile text: `node bench/parsing.ts`. Prints nanoseconds for each
 * character, and how many times that of ordinary answers it is; and the speed beside micromark's on the same answers.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { micromark } from 'micromark';
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

function nanosecondsPerCharacter(text: string, parse: (text: string) => unknown = extractFiles): number {
  const before = process.cpuUsage();
  parse(text);
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

/** Answer by answer, as they come; joined into one text they would not be what a model writes. */
const overAll = (parse: (text: string) => unknown): number =>
  nanosecondsPerCharacter(answers.join(''), () => answers.forEach((answer) => void parse(answer)));
for (const answer of answers) micromark(answer);
const ratios = Array.from({ length: 9 }, () => overAll(micromark) / overAll(extractFiles)).toSorted((a, b) => a - b);
process.stdout.write(
  `speed beside micromark's: ${(ratios[4] ?? 0).toFixed(2)} times (median of 9 pairs; wanted: at least 0.5)\n`,
);
