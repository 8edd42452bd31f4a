import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/languages/index.ts';
import { extractFiles } from '../../../src/parsing/extract-files.ts';
import { renderFiles } from '../../../src/parsing/render-files.ts';

const scrap = fc.constantFrom(
  '```',
  '````',
  '~~~',
  '```python',
  '```md',
  '``` ',
  '   ```',
  '\t```',
  '> ```',
  '- ```js',
  '1. `a.py`:',
  '### src/a.py',
  '**b.js**',
  'Create `c.ts` with:',
  '# d.py',
  '// e.ts',
  '<file path="f.go">',
  '</file>',
  '<![CDATA[',
  ']]>',
  '<think>',
  '</think>',
  '<path>g.rb</path>',
  '<content>',
  '</content>',
  '<source>python',
  '</source>',
  '<<<<<<< SEARCH',
  '=======',
  '>>>>>>> REPLACE',
  '*** Begin Patch',
  '*** Add File: h.py',
  '*** End Patch',
  '--- a/i.py',
  '+++ b/i.py',
  '@@ -1 +1 @@',
  "cat > j.sh <<'EOF'",
  'EOF',
  '=== k.py ===',
  '{"path": "l.py", "content": "x',
  '[{',
  '"',
  '|a.py|',
  '...',
  '// ... existing code ...',
  '"""',
  'x = 1',
  '',
  ' ',
  '\r',
  '\ud800',
  '\u0000',
  '\ufeff',
  '(Continued in the next message)',
);
const hostile = fc
  .array(fc.oneof(scrap, fc.string(), fc.string({ unit: 'binary' })), { maxLength: 40 })
  .map((lines) => lines.join('\n'));

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const path = fc
  .tuple(
    fc.array(word, { maxLength: 3 }),
    word,
    fc.constantFrom('.py', '.ts', '.md', '.json', '.go', '.sh', '.css', '.yaml'),
  )
  .map(([folders, name, extension]) => [...folders, `${name}_file${extension}`].join('/'));
const line = fc.oneof(
  fc.constantFrom(
    '```',
    '````python',
    '~~~',
    '`````',
    '# Title',
    '',
    '   ',
    '\tindented',
    '### src/other.py',
    '<file path="x.py">',
    '</file>',
    '</think>',
    'def f():',
    '"""',
    '{"path": "z.py", "content": "z"}',
    "cat > y.sh <<'EOF'",
    'EOF',
    '=== z.py ===',
  ),
  fc.string().filter((text) => !/[\r\n]/.test(text)),
);
/** Text files, as everything is that PTC shows to a model: `\n` at the end of each line. */
const content = fc.array(line, { maxLength: 20 }).map((lines) => lines.map((text) => `${text}\n`).join(''));
const files = fc
  .uniqueArray(fc.record({ path, content }), { minLength: 1, maxLength: 4, selector: (file) => file.path })
  .map((all) => all.map((file) => ({ ...file, language: languageOf(file.path)?.name ?? null })));

/** What would make of a whole file an edit or a fragment, and what says that an answer goes on. */
const speaksOfEdits = /^\s*(<{5,9}|>{5,9}|\*\*\*|---|\+\+\+|@@|diff )|\.\.\.|…|continue|limit/im;

describe('any text at all', () => {
  it('is read without an error, into the same files each time', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (answer, truncated) => {
        const hints = { truncated, expectedPaths: ['src/a.py', 'b.js'] };
        expect(extractFiles(answer, hints)).toEqual(extractFiles(answer, hints));
      }),
      { numRuns: 500 },
    );
  });

  it('gives each path once, with lines that lie in the answer', () => {
    fc.assert(
      fc.property(hostile, (answer) => {
        const found = extractFiles(answer).files;
        expect(new Set(found.map((file) => file.path)).size).toBe(found.length);
        for (const { lines } of found) {
          expect(lines.from).toBeGreaterThanOrEqual(1);
          expect(lines.to).toBeLessThanOrEqual(answer.split('\n').length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has a finding where it has no file', () => {
    fc.assert(
      fc.property(hostile, (answer) => {
        const { files: found, findings } = extractFiles(answer);
        expect(found.length > 0 || findings.some(({ code }) => code === 'no-files')).toBe(true);
      }),
    );
  });
});

describe('the format of the prompt', () => {
  it('comes back as it was rendered, whatever the files hold', () => {
    fc.assert(
      fc.property(files, (rendered) => {
        fc.pre(!rendered.some((file) => speaksOfEdits.test(file.content)));
        const found = extractFiles(renderFiles(rendered)).files;
        expect(found.map((file) => ({ path: file.path, content: file.content }))).toEqual(
          rendered.map((file) => ({ path: file.path, content: file.content })),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('comes back between an introduction and a farewell', () => {
    const rendered = [{ path: 'docs/a.md', content: '```\nx\n```\n', language: 'markdown' }];
    const answer = `Here are the files.\n\n${renderFiles(rendered)}\nRun them with care.\n`;
    expect(extractFiles(answer).files).toMatchObject([
      { path: 'docs/a.md', content: '```\nx\n```\n', truncated: false, partial: false, evidence: 'heading' },
    ]);
  });
});
