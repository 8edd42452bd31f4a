import { createHash } from 'node:crypto';
import type { Draft } from '../schemas/draft.ts';
import { type Finding, isError } from '../schemas/finding.ts';
import type { Reference } from '../schemas/reference.ts';
import type { CheckedDraft } from '../schemas/stages.ts';

/** History keeps this much of the findings; all of them stand in the draft. */
const shown = 5;
const longest = 160;

/** What the workflow needs to know of a draft. */
export function checkedDraft(found: string, draft: Draft, reference: Reference): CheckedDraft {
  const errors = draft.findings.filter(isError);
  const open = [...errors, ...(draft.tests?.findings.filter(isError) ?? [])].map(headline);
  return {
    summary: draft.tests || errors.length === 0 ? found : `${found} · ${open[0]}`,
    draft: reference,
    round: draft.round,
    files: draft.files.length,
    errors: errors.length,
    testsFailed: testsFailed(draft),
    passed: errors.length === 0 && (draft.tests?.passed ?? true),
    testsUnavailable: draft.testsUnavailable !== null,
    findings: open.slice(0, shown),
    filesKey: keyOf(draft.files.map(({ path, content }) => `${path} ${content.sha256}`)),
    findingsKey: keyOf(open),
  };
}

const keyOf = (lines: string[]): string =>
  createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 12);

/** A suite that did not pass, yet counts no failed test (it did not load, it ran too long), is one failure at least. */
const testsFailed = ({ tests }: Draft): number => {
  if (!tests || tests.passed) return 0;
  return Math.max(1, tests.results.tests_failed);
};

/** One line of a finding, for people. */
export function headline({ code, file, line, message }: Finding): string {
  const place = file ? `${file}${line ? `:${line}` : ''}: ` : '';
  const [first = ''] = message.split('\n');
  const text = `${code}: ${place}${first}`;
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
