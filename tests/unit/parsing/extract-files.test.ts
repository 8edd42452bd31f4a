import { describe, expect, it } from 'vitest';
import { extractFiles } from '../../../src/parsing/extract-files.ts';

const fenced = (lead: string, content: string, tag = 'python') => `${lead}\n\n\`\`\`${tag}\n${content}\n\`\`\`\n`;

describe('where a file came from', () => {
  it('is told in lines of the answer, counted from 1', () => {
    const [file] = extractFiles(fenced('Words.\n\n### a.py', 'A = 1\nB = 2')).files;
    expect(file?.lines).toEqual({ from: 6, to: 7 });
  });

  it.each([
    ['### a.py', 'heading'],
    ['**a.py**', 'bold'],
    ['1. `a.py`', 'list item'],
    ['a.py', 'line'],
    ['| `a.py` | starts everything |', 'table'],
    ['Write the start of it all into `a.py` as follows:', 'sentence'],
    ['## a.py\n\nIt has two lines.', 'heading further up'],
  ])('names "%s" as evidence: %s', (lead, evidence) => {
    expect(extractFiles(fenced(lead, 'A = 1\nB = 2')).files).toMatchObject([{ path: 'a.py', evidence }]);
  });

  it('trusts what only names a file more than a sentence, and a sentence more than a guess', () => {
    const sure = (answer: string) => extractFiles(answer).files[0]?.confidence ?? 0;
    const heading = sure(fenced('### a.py', 'A = 1\nB = 2'));
    const sentence = sure(fenced('Write the start of it all into `a.py` as follows:', 'A = 1\nB = 2'));
    const guess = sure(fenced('Here it is:', 'A = 1\nB = 2\nprint(A)'));
    expect(heading).toBeGreaterThan(sentence);
    expect(sentence).toBeGreaterThan(guess);
    expect(guess).toBeGreaterThan(0);
  });

  it('gives each file its type and language', () => {
    const { files } = extractFiles(
      fenced('### tests/test_a.py', 'def test_a(): pass') + fenced('### conf/a.yaml', 'a: 1', 'yaml'),
    );
    expect(files).toMatchObject([
      { type: 'test', language: 'python' },
      { type: 'config', language: 'yaml' },
    ]);
  });
});

describe('edits', () => {
  it('keeps what a SEARCH/REPLACE edit looks for and puts there', () => {
    const { edits } = extractFiles(fenced('src/a.py', '<<<<<<< SEARCH\na = 1\n=======\na = 2\n>>>>>>> REPLACE'));
    expect(edits).toMatchObject([{ kind: 'replace', path: 'src/a.py', search: 'a = 1', replace: 'a = 2' }]);
  });

  it('keeps each file of a diff apart', () => {
    const diff = '--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-x\n+y\n--- a/z.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-z';
    expect(extractFiles(fenced('Apply:', diff, 'diff')).edits).toMatchObject([
      { kind: 'diff', path: 'x.py' },
      { kind: 'delete', path: 'z.py' },
    ]);
  });

  it('knows the verbs of a patch envelope', () => {
    const patch =
      '*** Begin Patch\n*** Update File: a.js\n*** Move to: b.js\n@@\n-1\n+2\n*** Delete File: c.js\n*** End Patch';
    expect(extractFiles(patch).edits).toMatchObject([
      { kind: 'rename', path: 'a.js', to: 'b.js' },
      { kind: 'diff', path: 'a.js' },
      { kind: 'delete', path: 'c.js' },
    ]);
  });

  it('says of a fragment why it is one', () => {
    const [edit] = extractFiles(fenced('### a.ts', 'const a = 1;\n// ... existing code ...', 'ts')).edits;
    expect(edit).toMatchObject({ kind: 'fragment', path: 'a.ts' });
    expect(edit?.kind === 'fragment' && edit.reason).toContain('existing code');
  });
});

describe('what is known beforehand', () => {
  it('makes a path of the plan of a name without its folders', () => {
    const { files } = extractFiles(fenced('**models.py**', 'M = 1'), {
      expectedPaths: ['shop/models.py', 'shop/views.py'],
    });
    expect(files).toMatchObject([{ path: 'shop/models.py' }]);
  });

  it('takes the folder of the project off again', () => {
    const { files } = extractFiles(fenced('### my-shop/src/cart.py', 'C = 1'), { expectedPaths: ['src/cart.py'] });
    expect(files).toMatchObject([{ path: 'src/cart.py' }]);
  });

  it('leaves a name alone that fits two paths of the plan', () => {
    const { files } = extractFiles(fenced('### __init__.py', 'I = 1'), {
      expectedPaths: ['a/__init__.py', 'b/__init__.py'],
    });
    expect(files).toMatchObject([{ path: '__init__.py' }]);
  });

  it('never gives a nameless block the name of a file that the answer holds', () => {
    const answer =
      fenced('### calc.py', 'def add(a, b):\n    return a + b') +
      fenced('More of it:', 'def sub(a, b):\n    return a - b\n# end');
    const { files, findings } = extractFiles(answer, { expectedPaths: ['calc.py'] });
    expect(files).toMatchObject([{ path: 'calc.py', content: expect.stringContaining('add') }]);
    expect(findings).toMatchObject([{ code: 'unnamed-block', severity: 'warning' }]);
  });
});

describe('findings', () => {
  it.each([
    ['', 'it is empty'],
    ['I am sorry, I cannot do that.', 'it declines'],
    ['{"answer": 42}', 'it is JSON'],
    ['Let us think about it first.', 'prose without a code block'],
    ['<think>\nhm', 'reasoning and nothing after it'],
    [fenced('Run:', 'npm test', 'bash'), 'commands, samples or snippets'],
  ])('say what an answer without files looked like: %j', (answer, look) => {
    const [finding] = extractFiles(answer).findings;
    expect(finding).toMatchObject({ stage: 'parsing', code: 'no-files', severity: 'error' });
    expect(finding?.message).toContain(look);
    expect(finding?.message).toContain('### path/to/file');
  });

  it('name the file that was cut, with its end', () => {
    const { findings } = extractFiles('### a.py\n```python\ndef f(x):\n    return x +');
    expect(findings).toMatchObject([
      { code: 'truncated', file: 'a.py', excerpt: expect.stringContaining('return x +') },
    ]);
  });
});
