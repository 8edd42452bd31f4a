import { createHash } from 'node:crypto';

/** Temporal allows 1,000 bytes; a person reads fewer. */
const longest = 120;

/** The workflow id of an execution id, `ptc-<execution_id>`; one that is no plain word is made safe and told apart by a hash. */
export function workflowIdOf(executionId: string): string {
  const safe = executionId.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, longest);
  if (safe === executionId) return `ptc-${executionId}`;
  return `ptc-${safe}-${createHash('sha256').update(executionId).digest('hex').slice(0, 12)}`;
}
