import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import type { Logger } from '../logging.ts';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Temporal's own log lines go through ours. Once a process, before the first worker. */
export function installRuntime(logger: Logger, shutdownSignals: NodeJS.Signals[]): void {
  const log = ({ level, message, meta = {} }: LogEntry) => logger[levelOf(level, message, meta)](tidy(meta), message);
  Runtime.install({ logger: new DefaultLogger('TRACE', log), shutdownSignals });
}

/** What workers and bundlers tell of themselves is for whoever looks for a fault in them. */
function levelOf(level: LogEntry['level'], message: string, { stage }: Record<string, unknown>) {
  const ofThemselves = (level === 'INFO' && stage === undefined) || message.startsWith('No workflows registered');
  return ofThemselves ? 'debug' : levels[level];
}

/** The names that people look for: which run, which stage, which round. */
function tidy({ workflowId, runId, stage, round, attempt, error }: Record<string, unknown>): Record<string, unknown> {
  return {
    ...(workflowId === undefined ? {} : { run: workflowId, runId }),
    ...(stage === undefined ? {} : { stage }),
    ...(round === undefined ? {} : { round }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(error === undefined ? {} : { error }),
  };
}
