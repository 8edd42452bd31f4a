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
export function refinementPrompt(refinement: Refinement): Promise<string> {
  const modules = modulesOf(refinement.files);
  return refinement.approach === 'afresh' ? afresh(refinement, modules) : repair(refinement, modules);
}

/** Asks only for what the findings touch: that is shown in full, the rest in outline. */
async function repair({ round, maxRounds, files, findings }: Refinement, modules: Modules): Promise<string> {
  const { asked, shown } = await scopeOf(files, findings, modules);
  const others = files.filter((file) => !shown.includes(file));
  return [
    `This is round ${round} of ${maxRounds}. The checks found problems in what stands so far.`,
    ...lastAnswer(findings),
    ...section('Files In Question', renderFiles(shown).trimEnd() || 'None yet.'),
    ...section('Other Files, In Outline', await outlines(others, modules)),
    ...section('Findings', describeFindings(findings.filter((one) => !isUnreadable(one)))),
    ...section('What To Do Now', files.length === 0 ? writeAll : mend(asked)),
  ].join('\n\n');
}

const writeAll = 'Answer with every file of the project, each in full, in the answer format.';

const mend = (asked: string[]): string =>
  [
    'Find the cause of each finding, and repair it in the code; change a test only where it contradicts the plan.',
    `Answer with these files alone, each in full, in the answer format: ${asked.map(code).join(', ')}.`,
    'Leave out those of them that need no change, and add another file only where a finding asks for one.',
    'Every file that you do not name stays byte for byte the same.',
  ].join(' ');

/** Asks for everything anew, without the old code, which would be written once more. */
async function afresh({ round, maxRounds, files, findings }: Refinement, modules: Modules): Promise<string> {
  return [
    `This is round ${round} of ${maxRounds}. The repairs so far went in circles: they came back to what had failed before.`,
    ...lastAnswer(findings),
    ...section('Files So Far, In Outline', await outlines(files, modules)),
    ...section('What Was Tried And Failed', describeFindings(findings.filter((one) => !isUnreadable(one)))),
    ...section(
      'What To Do Now',
      `Do not repair that code again: take another approach to what failed. ${writeAll} Keep to the paths above and to the plan's.`,
    ),
  ].join('\n\n');
}

/** An answer without files gets the format shown once more. */
const lastAnswer = (findings: Finding[]): string[] => {
  const found = findings.filter(isUnreadable);
  if (found.length === 0) return [];
  return [
    ...section('Your Last Answer', found.map(({ message }) => quote(message)).join('\n>\n')),
    ...section('Answer Format', answerFormat),
  ];
};

const isUnreadable = ({ stage, code }: Finding): boolean =>
  stage === 'parsing' && (code === 'no-files' || code === 'refused');
