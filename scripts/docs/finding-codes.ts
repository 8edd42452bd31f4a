import { cutMiddle } from '../../src/prompts/excerpt.ts';
import { code as codeSpan } from '../../src/prompts/section.ts';
import { FindingStage } from '../../src/schemas/finding.ts';
import { pathRules, quotePath } from '../../src/validation/paths.ts';
import { rules } from '../../src/validation/rules.ts';
import { table } from './table.ts';

/** One finding code: which stage gives it, what it means, and what brings it about, as Markdown. */
interface CodeEntry {
  stage: FindingStage;
  code: string;
  means: string;
  example: string;
}

const entries =
  (stage: FindingStage) =>
  (code: string, means: string, example: string): CodeEntry => ({ stage, code, means, example });
const parsing = entries('parsing');
const plan = entries('plan');
const syntactic = entries('syntactic');
const semantic = entries('semantic');
const testing = entries('testing');

/** Codes of checks that have no table of their own. */
const others: readonly CodeEntry[] = [
  parsing(
    'no-files',
    'no file was found in the answer; the message says what it looked like',
    'prose without a code block',
  ),
  parsing('refused', 'the vendor says that the model declined to answer', 'stop reason `refusal`'),
  parsing('truncated', 'the answer ends before a file does, or promises more', 'a fence that is never closed'),
  parsing('unnamed-block', 'a block looks like a file and nothing names it; a warning', 'two bare `python` blocks'),
  parsing(
    'edit-not-applied',
    'a change to a file that could not be taken for the file',
    'code with `# ... rest unchanged`',
  ),
  parsing(
    'edit-failed',
    'the lines that an edit quotes are not in the file, or stand there more than once',
    'SEARCH/REPLACE with a misspelt line',
  ),
  plan(
    'plan-path-unusable',
    'a path of the plan that no answer may hold; a warning',
    '`../setup.py` in `file_structure`',
  ),
  plan('missing-file', 'the plan asks for this file, and it is not there', '`src/cart.py` in `file_structure` only'),
  plan('empty-folder', "the plan's folder has no file in it; a warning", '`assets/` in `file_structure` only'),
  plan('no-source-file', 'no source file at all', 'an answer with a README alone'),
  plan('no-test-file', 'tests are asked for, and there are none', '`enable_testing` and no `tests/`'),
  syntactic('syntax-error', "the language's grammar refuses the file", '`def total(:`'),
  syntactic('nested-too-deep', 'the file is nested too deeply to be parsed', 'ten thousand opening brackets'),
  syntactic(
    'not-parsed',
    'the file is too long to be parsed and is left to its tests; says so only',
    'a source file of 300 KB',
  ),
  semantic(
    'unresolved-import',
    'an import within the project leads to no file',
    '`from shop.cart import total` without `shop/cart.py`',
  ),
  semantic('missing-name', 'the imported file does not define the name', '`from shop.cart import totl`'),
  semantic('undefined-name', 'nothing in the file defines the name', '`json.loads(text)` without `import json`'),
  semantic(
    'undeclared-dependency',
    'a package is imported that nothing declares; a warning',
    '`import requests`, no `requirements.txt`',
  ),
  testing('test-failed', 'a test failed, or the set-up of a group of tests', '`assert total([]) == 1`'),
  testing('import-error', 'a test file could not be loaded', '`ModuleNotFoundError` in an import'),
  testing('test-syntax-error', 'a file that a test loads does not parse', '`SyntaxError` in an import'),
  testing('no-tests', 'a test file ran no test, or all tests are skipped', 'a test file of functions named `check_…`'),
  testing(
    'tests-not-run',
    'tests in a language that no runner knows, beside others that ran',
    'an RSpec file beside pytest files',
  ),
  testing('tests-timed-out', 'the tests did not end in time, or used up their CPU time', '`while True: pass`'),
  testing('memory-limit', 'the tests needed more memory than the sandbox has', '`"x" * 10**11`'),
  testing('output-limit', 'the tests printed more than the sandbox allows', '`while True: print("x")`'),
  testing(
    'incomplete-report',
    'the test run ended early, or its exit code and its report disagree',
    '`os._exit(0)` in a test',
  ),
];

/** What breaks the rules that have no path to show. */
const brokenBy: Record<string, string> = {
  'path-collision': '`src/Cart.py` and `src/cart.py`',
  'path-file-and-folder': '`src` and `src/cart.py`',
  'too-many-files': 'an answer with a file for each word of a dictionary',
  'file-too-large': 'a table of data of 2 MB',
  'result-too-large': 'four files of 500 KB',
  secret: '`API_KEY = "sk-ant-…"` with a key that looks live',
  'empty-file': '`src/cart.py` without a line',
  'install-script': '`"postinstall"` in `package.json`',
};

/** Every finding code, by the stages in their order. */
export function findingCodeEntries(): CodeEntry[] {
  const shown = new Map(pathRules.map(({ code, example }) => [code, example]));
  const exampleOf = (code: string) => {
    const path = shown.get(code);
    return path === undefined ? (brokenBy[code] ?? '') : codeSpan(cutMiddle(quotePath(path), 60));
  };
  const ruled = rules.map(({ code, refuses }) => plan(code, `refuses ${refuses}`, exampleOf(code)));
  return FindingStage.options.flatMap((stage) => [...others, ...ruled].filter((entry) => entry.stage === stage));
}

const intro = `# Finding codes

What PTC finds wrong with an answer, by the stage that finds it. A finding is worded for the model and goes into the next round's prompt; one that is called a warning below costs no round. PTC has no code of the stage \`integration\` yet: imports between files are checked as \`semantic\`, and by running the tests.`;

export function findingCodes(): string {
  const rows = findingCodeEntries().map(({ stage, code, means, example }) => [codeSpan(code), stage, means, example]);
  return `${intro}\n\n${table(['code', 'stage', 'what it means', 'example'], rows)}`;
}
