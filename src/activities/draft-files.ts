import type { DraftFile, ProjectFile } from '../schemas/artifact.ts';
import { getText, type Store } from '../store/store.ts';

/** The files of a draft with their contents. */
export const readFiles = (files: DraftFile[], store: Store): Promise<ProjectFile[]> =>
  Promise.all(
    files.map(async ({ path, content, type, language }) => ({
      path,
      content: await getText(store, content),
      type,
      language,
    })),
  );
