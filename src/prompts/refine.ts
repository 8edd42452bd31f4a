import { renderFiles } from '../parsing/render-files.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import type { Finding } from '../schemas/finding.ts';
import type { BuildPromptInput } from '../schemas/stages.ts';
import { describeFindings } from './findings.ts';
import { type Modules, modulesOf } from './modules/index.ts';
import { outlines } from './outline.ts';
import { scopeOf } from './scope.ts';
import { code, quote, section } from './section.ts';
import { answerFormat } from './system.ts';

/** What a round after the first needs to know. */
export interface Refinement {
  round: number;
  maxRounds: number;
  approach: BuildPromptInput['approach'];
  files: ProjectFile[];
  findings: Finding[];
}

/** The second message of a round after the first: what was found, and what to answer. */
export async function refinementPrompt(refinement: Refinement): Promise<string> {
  const { round, maxRounds, approach, files, findings } = refinement;
  const modules = modulesOf(files);
  const unread = findings.filter(isUnreadable);
  const open = { ...refinement, findings: findings.filter((one) => !isUnreadable(one)) };
  return [
    `This is round ${round} of ${maxRounds}. ${why[approach]}`,
    ...section('Your Last Answer', unread.map(({ message }) => quote(message)).join('\n>\n')),
    ...section('Answer Format', unread.length > 0 ? answerFormat : null),
    ...(approach === 'afresh' ? await afresh(open, modules) : await repair(open, modules)),
  ].join('\n\n');
}

const why: Record<Refinement['approach'], string> = {
  repair: 'The checks found problems in what stands so far.',
  afresh: 'The repairs so far went in circles: they came back to what had failed before.',
};

/** There is nothing to read in such an answer, so that it is shown what was expected. */
const isUnreadable = ({ stage, code }: Finding): boolean =>
  stage === 'parsing' && (code === 'no-files' || code === 'refused');

/** A longer file is not worth its tokens: it is shown in outline, and has to be written anew. */
const longestShown = 100_000;

/** Asks only for what the findings touch: that is shown in full, the rest in outline. */
async function repair({ files, findings }: Refinement, modules: Modules): Promise<string[]> {
  const { asked, shown: inScope } = await scopeOf(files, findings, modules);
  const shown = inScope.filter(({ content }) => content.length <= longestShown);
  const others = files.filter((file) => !shown.includes(file));
  return [
    ...section('Files In Question', renderFiles(shown).trimEnd() || 'None yet.'),
    ...section('Other Files, In Outline', await outlines(others, modules)),
    ...section('Findings', describeFindings(findings)),
    ...section('What To Do Now', files.length === 0 ? writeAll : mend(asked, findings)),
  ];
}

const writeAll = 'Answer with every file of the project, each in full, in the answer format.';

function mend(asked: string[], findings: Finding[]): string {
  const isCut = findings.some(({ stage, code }) => stage === 'parsing' && code === 'truncated');
  return [
    'Find the cause of each finding, and repair it in the code; change a test only where it contradicts the plan.',
    `Answer with these files alone, each in full, in the answer format: ${asked.map(code).join(', ')}.`,
    'Leave out those of them that need no change.',
    isCut
      ? 'Add every file that the cut answer still lacked.' // the checks that would name them have not run
      : 'Add another file only where a finding asks for one.',
    'Every file that you do not name stays byte for byte the same.',
  ].join(' ');
}

/** Asks for everything anew, without the old code, which would be written once more. */
const afresh = async ({ files, findings }: Refinement, modules: Modules): Promise<string[]> => [
  ...section('Files So Far, In Outline', await outlines(files, modules)),
  ...section('What Was Tried And Failed', describeFindings(findings)),
  ...section(
    'What To Do Now',
    `Do not repair that code again: take another approach to what failed. ${writeAll} Keep to the paths above and to the plan's.`,
  ),
];
