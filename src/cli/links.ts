import type { StartedRun } from '../client.ts';
import type { ServerPlace } from '../temporal/connection.ts';

/** Where a person can look at a run, if the Web UI's address is known. */
export const runLink = ({ uiUrl, namespace }: ServerPlace, { workflowId, runId }: StartedRun): string =>
  uiUrl === null
    ? ''
    : `\n${uiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}/${runId}/history`;
