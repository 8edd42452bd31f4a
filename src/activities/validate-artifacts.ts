import { Draft } from '../schemas/draft.ts';
import { isError } from '../schemas/finding.ts';
import { ExecutionPlan } from '../schemas/plan.ts';
import type { CheckDraftInput, CheckedDraft } from '../schemas/stages.ts';
import { getDocument, putDocument, type Store } from '../store/store.ts';
import { validate } from '../validation/validate.ts';
import { checkedDraft } from './checked-draft.ts';
import { readFiles } from './draft-files.ts';

/** Checks the files of a draft without running them. */
export async function validateArtifacts({ plan, draft }: CheckDraftInput, store: Store): Promise<CheckedDraft> {
  const before = await getDocument(store, draft, Draft);
  const found = await validate({
    files: await readFiles(before.files, store),
    plan: await getDocument(store, plan, ExecutionPlan),
  });
  const after: Draft = { ...before, findings: [...before.findings, ...found] };
  const errors = found.filter(isError).length;
  const words = errors === 0 ? 'valid' : `${errors} ${errors === 1 ? 'error' : 'errors'}`;
  return checkedDraft(words, after, await putDocument(store, after));
}
