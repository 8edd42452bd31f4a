import { renderFiles } from '../parsing/render-files.ts';
import type { ProjectFile } from '../schemas/artifact.ts';
import { code, section } from './section.ts';

/** Asks for the tests of files that came without any. */
export const testGenerationPrompt = (sources: ProjectFile[]): string =>
  [
    'These files of the project have no tests yet.',
    ...section('Source Files', renderFiles(sources)),
    ...section(
      'What To Do Now',
      `Write tests for ${sources.map(({ path }) => code(path)).join(', ')} that cover every requirement, edge case and error. ` +
        'Answer with the test files alone, in the answer format.',
    ),
  ].join('\n\n');
