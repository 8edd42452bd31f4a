import { renderFiles } from '../parsing/render-files.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import { type Finding, isError } from '../schemas/finding.ts';
import { code, fence, section } from './section.ts';

/** What a round after the first needs to know. */
export interface Refinement {
  round: number;
  maxRounds: number;
  files: ProjectFile[];
  findings: Finding[];
}

/** The files as they stand and what is wrong with them: the second message of a round after the first. */
export const refinementPrompt = ({ round, maxRounds, files, findings }: Refinement): string =>
  [
    `This is round ${round} of ${maxRounds}. The files below are what stands so far; the checks found problems in them.`,
    ...section('Current Files', renderFiles(files) || 'None yet.'),
    ...section('Findings', describeFindings(findings)),
    ...section(
      'What To Do Now',
      [
        'Find the cause of each finding, and repair it in the code; change a test only where it contradicts the plan.',
        'Answer with every file that you change, each in full, in the answer format. A file that you do not name stays as it is.',
      ].join(' '),
    ),
  ].join('\n\n');

/** Errors before the rest; what the checks quote stands in fences. */
export const describeFindings = (findings: Finding[]): string =>
  [...findings.filter(isError), ...findings.filter((one) => !isError(one))].map(describe).join('\n\n');

const describe = (one: Finding, index: number): string =>
  [`${index + 1}. **${one.code}** ${place(one)}${one.message}`, ...(one.excerpt ? [fence(one.excerpt)] : [])].join(
    '\n\n',
  );

function place({ file, line, column }: Finding): string {
  if (file === null) return '';
  const position = [line, column].filter((part) => part !== null).join(':');
  return `in ${code(file)}${position ? ` at ${position}` : ''}: `;
}
