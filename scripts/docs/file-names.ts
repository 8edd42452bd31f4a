import { extractFiles } from '../../src/parsing/extract-files.ts';
import type { ExtractedFile, ParseHints } from '../../src/parsing/extraction.ts';
import { code, fence } from '../../src/prompts/section.ts';

/** An answer in which one kind of evidence names the last file; the parser itself says which. */
interface Example {
  answer: string;
  hints?: ParseHints;
}

const block = (content: string, info = 'python'): string => `${fence(content, info)}\n`;
const python = block('total = 1');

const examples: readonly Example[] = [
  { answer: block('total = 1', 'python src/cart.py') },
  { answer: '<file path="src/cart.py">\ntotal = 1\n</file>\n' },
  { answer: block('%%writefile src/cart.py\ntotal = 1') },
  { answer: block("cat > src/cart.py <<'EOF'\ntotal = 1\nEOF", 'sh') },
  { answer: block('{"src/cart.py": "total = 1\\n"}', 'json') },
  { answer: `### src/cart.py\n\n${python}` },
  { answer: `**src/cart.py**\n\n${python}` },
  { answer: `1. \`src/cart.py\`\n\n${python}` },
  { answer: `| File | \`src/cart.py\` |\n\n${python}` },
  { answer: `src/cart.py:\n\n${python}` },
  { answer: block('# ---- src/cart.py ----\ntotal = 1') },
  { answer: block('# src/cart.py\ntotal = 1') },
  { answer: block('src/cart.py\ntotal = 1') },
  { answer: `src/cart.py\n${block('<<<<<<< SEARCH\n=======\ntotal = 1\n>>>>>>> REPLACE', '')}` },
  { answer: `The prices are added up in \`src/cart.py\`, which we create now:\n\n${python}` },
  { answer: `### src/cart.py\n\nIt adds up the prices, and nothing else.\n\n${python}` },
  {
    answer: `We need a file for the prices, so create the file \`src/cart.py\` for them.\n\nIt adds them up.\n\n${python}`,
  },
  { answer: `${python}\nSave this as \`src/cart.py\`.\n` },
  {
    answer: `### tests/test_cart.py\n\n${block('from src.cart import total\n\n\ndef test_total():\n    assert total == 1')}\nAnd the code:\n\n${block('total = 1\n\n\ndef add(price):\n    return total + price')}`,
  },
  {
    answer: `The cart:\n\n${block('class Cart:\n    total = 1\n    paid = 0')}`,
    hints: { expectedPaths: ['src/cart.py'] },
  },
  { answer: `The cart:\n\n${block('public class Cart {\n    int total = 1;\n}', 'java')}` },
  { answer: `The program:\n\n${block('import sys\n\n\ndef main():\n    print(sys.argv)\n\n\nmain()')}` },
];

/** What the parser makes of each example, the surest evidence first. */
export const namedExamples = (): { example: Example; file: ExtractedFile }[] =>
  examples
    .map((example) => {
      const file = extractFiles(example.answer, example.hints).files.at(-1);
      if (file === undefined) throw new Error(`the parser finds no file in the example:\n${example.answer}`);
      return { example, file };
    })
    .sort((a, b) => b.file.confidence - a.file.confidence);

const intro = `# How a file gets its name

Models name files in many ways. Where several kinds of evidence name one block, the surest wins, and a longer path that ends in the same name makes it whole. A bare name means the plan's file of that name, where there is just one. The kinds below stand in their order, each with how sure it is and an answer in which it alone names the last file.`;

export const fileNames = (): string => [intro, ...namedExamples().map(entry)].join('\n\n');

function entry({
  example: { answer, hints },
  file: { evidence, path, confidence },
}: ReturnType<typeof namedExamples>[0]) {
  const planned = hints?.expectedPaths ? `, where the plan has \`${hints.expectedPaths.join('`, `')}\`` : '';
  return [
    `## ${evidence.replace(/<\w+>/, code)}`,
    `${confidence}: names \`${path}\`${planned}`,
    fence(answer, 'markdown'),
  ].join('\n\n');
}
