import { extractFiles } from '../parsing/extract-files.ts';
import type { ExtractedFile } from '../parsing/extraction.ts';
import { promptVersion } from '../prompts/system.ts';
import type { DraftFile } from '../schemas/artifact.ts';
import { Draft } from '../schemas/draft.ts';
import { type Finding, finding } from '../schemas/finding.ts';
import { ExecutionPlan } from '../schemas/plan.ts';
import type { CheckedDraft, ParseResponseInput } from '../schemas/stages.ts';
import { getDocument, getText, putDocument, putText, type Store } from '../store/store.ts';
import { pathFinding, safePath } from '../validation/paths.ts';
import { checkedDraft } from './checked-draft.ts';

/** Reads the files out of an answer and lays them over those of the round before. */
export async function parseResponse(input: ParseResponseInput, store: Store): Promise<CheckedDraft> {
  const plan = await getDocument(store, input.plan, ExecutionPlan);
  const previous = input.previous ? await getDocument(store, input.previous, Draft) : null;
  const { files, findings } = extractFiles(await getText(store, input.text), {
    expectedPaths: Object.keys(plan.scaffolding.file_structure ?? {}),
    knownPaths: previous?.files.map(({ path }) => path) ?? [],
    truncated: input.stop === 'truncated',
  });
  const { safe, refused } = sortOut(files);
  const draft: Draft = {
    round: input.round,
    files: merge(previous?.files ?? [], await toDraftFiles(safe, store)),
    findings: [...refusals(input), ...findings, ...refused, ...(safe.length === 0 ? (previous?.findings ?? []) : [])],
    tests: safe.length === 0 ? (previous?.tests ?? null) : null,
    testsUnavailable: null,
    promptVersion,
  };
  return checkedDraft(`${count(safe.length, 'file')} read`, draft, await putDocument(store, draft));
}

/** A path that leaves the project never gets into a draft: ROMA would write it as it stands. */
function sortOut(files: ExtractedFile[]): { safe: ExtractedFile[]; refused: Finding[] } {
  const whole = files.filter(({ partial }) => !partial);
  return {
    safe: whole.flatMap((file) => {
      const path = safePath(file.path);
      return path === null ? [] : [{ ...file, path }];
    }),
    refused: whole.flatMap(({ path }) => pathFinding(path) ?? []),
  };
}

const toDraftFiles = (files: ExtractedFile[], store: Store): Promise<DraftFile[]> =>
  Promise.all(
    files.map(async ({ path, content, type, language, truncated }) => ({
      path,
      content: await putText(store, content),
      type,
      language,
      truncated,
    })),
  );

const merge = (before: DraftFile[], now: DraftFile[]): DraftFile[] => [
  ...new Map([...before, ...now].map((file) => [file.path, file])).values(),
];

const refusals = ({ stop }: ParseResponseInput): Finding[] =>
  stop === 'refused'
    ? [finding('parsing', 'refused', 'The model declined to answer; answer with the files of the plan.')]
    : [];

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
