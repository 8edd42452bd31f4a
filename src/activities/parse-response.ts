import { type Reading, readAnswer } from '../parsing/read-answer.ts';
import { promptVersion } from '../prompts/system.ts';
import type { DraftFile } from '../schemas/artifact.ts';
import { Draft } from '../schemas/draft.ts';
import { type Finding, finding } from '../schemas/finding.ts';
import { ExecutionPlan } from '../schemas/plan.ts';
import type { CheckedDraft, ParseResponseInput } from '../schemas/stages.ts';
import { getDocument, getText, putDocument, putText, type Store } from '../store/store.ts';
import { pathFinding, safePath } from '../validation/paths.ts';
import { checkedDraft } from './checked-draft.ts';
import { readFiles } from './draft-files.ts';

/** Reads the files out of an answer and lays them over those of the round before. */
export async function parseResponse(input: ParseResponseInput, store: Store): Promise<CheckedDraft> {
  const plan = await getDocument(store, input.plan, ExecutionPlan);
  const previous = input.previous ? await getDocument(store, input.previous, Draft) : null;
  const before = await readFiles(previous?.files ?? [], store);
  const { files, removed, findings } = readAnswer(
    await getText(store, input.text),
    new Map(before.map(({ path, content }) => [path, content])),
    { expectedPaths: Object.keys(plan.scaffolding.file_structure ?? {}), truncated: input.stop === 'truncated' },
  );
  const { safe, refused } = sortOut(files);
  const changedNothing = safe.length + removed.size === 0;
  const draft: Draft = {
    round: input.round,
    files: merge(previous?.files ?? [], removed, await toDraftFiles(safe, store)),
    findings: [...refusals(input), ...findings, ...refused, ...(changedNothing ? (previous?.findings ?? []) : [])],
    tests: changedNothing ? (previous?.tests ?? null) : null,
    testsUnavailable: null,
    promptVersion,
  };
  return checkedDraft(`${count(safe.length, 'file')} read`, draft, await putDocument(store, draft));
}

type AnswerFile = Reading['files'][number];

/** A path that leaves the project never gets into a draft: ROMA would write it as it stands. */
const sortOut = (files: AnswerFile[]): { safe: AnswerFile[]; refused: Finding[] } => ({
  safe: files.flatMap((file) => {
    const path = safePath(file.path);
    return path === null ? [] : [{ ...file, path }];
  }),
  refused: files.flatMap(({ path }) => pathFinding(path) ?? []),
});

const toDraftFiles = (files: AnswerFile[], store: Store): Promise<DraftFile[]> =>
  Promise.all(
    files.map(async ({ path, content, type, language, truncated }) => ({
      path,
      content: await putText(store, content),
      type,
      language,
      truncated,
    })),
  );

const merge = (before: DraftFile[], removed: ReadonlySet<string>, now: DraftFile[]): DraftFile[] => {
  const kept = before.filter(({ path }) => !removed.has(path));
  return [...new Map([...kept, ...now].map((file) => [file.path, file])).values()];
};

const refusals = ({ stop }: ParseResponseInput): Finding[] =>
  stop === 'refused'
    ? [finding('parsing', 'refused', 'The model declined to answer; answer with the files of the plan.')]
    : [];

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
