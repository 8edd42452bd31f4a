import type { ProjectFile } from '../schemas/artifact.ts';
import { nodeTest } from './node-test.ts';
import { pytest } from './pytest.ts';
import type { Runner } from './runner.ts';

export const runners: readonly Runner[] = [pytest, nodeTest];

/** The runners that have tests among these files; a project in two languages has two. */
export const runnersFor = (files: ProjectFile[]): Runner[] => runners.filter((runner) => runner.detects(files));
