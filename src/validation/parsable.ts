import type { ProjectFile } from '../schemas/artifact.ts';

/** In UTF-16 units. Nobody writes code as long by hand, and parsing it would hold a worker for seconds. */
const longestParsed = 256 * 1024;

/** Whether a file is parsed at all. A longer one is judged by its tests alone. */
export const isParsable = ({ content }: ProjectFile): boolean => content.length <= longestParsed;
