import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionInfo,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { ExecutionPlanInput } from './schemas/plan.ts';
import { ArtifactResult } from './schemas/result.ts';
import { workflowIdOf } from './temporal/workflow-id.ts';
import type { Progress } from './workflows/progress.ts';

export type { ArtifactResult, ExecutionPlanInput, Progress };

/** A run, started or joined. */
export interface StartedRun {
  workflowId: string;
  runId: string;
  /** `started` anew, `joined` under way, or `ended` before: `result` then returns what it came to. */
  state: 'started' | 'joined' | 'ended';
}

export interface RunSummary {
  workflowId: string;
  runId: string;
  /** Temporal's status, or the result's where the run returned one. */
  status: string;
  startedAt: string;
  seconds: number | null;
}

/** What went wrong in a run that returned no result: one of PTC's failure types, or `Cancelled`, and what to do. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
  readonly type: string;

  constructor(type: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.type = type;
  }
}

/** No run has this id. */
export class RunUnknown extends Error {
  override readonly name = 'RunUnknown';
}

/** No worker answers; what a run does waits for one. */
export class WorkerAway extends Error {
  override readonly name = 'WorkerAway';
}

export interface FollowOptions {
  /** Ends the following, not the run. */
  signal?: AbortSignal;
  /** No worker has answered for 15 s; without one the run waits. Called once for each such time. */
  onSilence?(): void;
  /** A stage failed and will be tried again; called once for each attempt that was seen. */
  onRetry?(retry: Retry): void;
}

/** A stage that failed and that Temporal tries again: `failure` is what the last attempt, the `attempt`th, came to. */
export interface Retry {
  stage: string;
  attempt: number;
  failure: string;
}

/** Starts, follows and ends runs of `generateCode`. */
export interface PtcClient {
  /** Starts a plan, or joins its run: the same `execution_id` never runs twice at once. `again` starts anew what has ended. */
  start(plan: ExecutionPlanInput, options?: { again?: boolean }): Promise<StartedRun>;
  /** Reports progress whenever it changes, and resolves with the result. @throws {RunFailed} */
  follow(id: string, onProgress: (progress: Progress) => void, options?: FollowOptions): Promise<ArtifactResult>;
  /** Waits for the result. @throws {RunFailed} */
  result(id: string): Promise<ArtifactResult>;
  /** Asked of a worker, for runs that have ended, too. @throws {WorkerAway} */
  progress(id: string): Promise<Progress>;
  describe(id: string): Promise<RunSummary>;
  /** Asks a run to end; false where it had ended before. */
  cancel(id: string): Promise<boolean>;
  list(limit?: number): Promise<RunSummary[]>;
  /** The task queues on which no worker was seen in the last minute; runs wait there. */
  unservedQueues(): Promise<string[]>;
}

const workflowType = 'generateCode';

/** Ids may be a plan's `execution_id` or a workflow id; of one that no run has, {@link RunUnknown} is thrown. */
export function createClient(client: Client, taskQueue = 'ptc'): PtcClient {
  const handleOf = async (id: string): Promise<WorkflowHandle> => {
    for (const workflowId of id === '' ? [] : [workflowIdOf(id), id]) {
      const handle = client.workflow.getHandle(workflowId);
      if (await isRun(handle)) return handle;
    }
    throw new RunUnknown(`no run has the id ${JSON.stringify(id)}`);
  };
  const ask = (handle: WorkflowHandle): Promise<Progress> =>
    client.withDeadline(Date.now() + answerMs, () => handle.query<Progress>('progress'));
  const queues = [taskQueue, `${taskQueue}-models`, `${taskQueue}-sandbox`];

  const self: PtcClient = {
    async start(plan, { again = false } = {}) {
      const workflowId = workflowIdOf(String(plan.execution_id).trim());
      const before = await client.workflow
        .getHandle(workflowId)
        .describe()
        .catch(() => null);
      try {
        const handle = await client.workflow.start(workflowType, {
          workflowId,
          taskQueue,
          args: [plan],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
        });
        const state = before?.status.name === 'RUNNING' ? 'joined' : 'started';
        return { workflowId, runId: handle.firstExecutionRunId, state };
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError) || !before) throw error;
        return { workflowId, runId: before.runId, state: 'ended' };
      }
    },
    async follow(id, onProgress, { signal, onSilence = () => {}, onRetry = () => {} } = {}) {
      const handle = await handleOf(id);
      const look = observer(() => ask(handle), onProgress);
      const lookForRetries = retryObserver(handle, onRetry);
      const ending = self.result(handle.workflowId);
      const over = new AbortController();
      // Broken off by the caller alone: to a question that was broken off, the server lets the next one wait.
      const watching = client.withAbortSignal(signal ?? new AbortController().signal, () =>
        Promise.all([watch(look, onSilence, over.signal), repeat(lookForRetries, retriesEveryMs, over.signal)]),
      );
      try {
        await Promise.race([ending.catch(() => {}), aborted(signal)]);
      } finally {
        over.abort();
        await watching;
      }
      await look();
      return ending;
    },
    async result(id) {
      const handle = await handleOf(id);
      try {
        return ArtifactResult.parse(await handle.result());
      } catch (error) {
        throw error instanceof WorkflowFailedError ? runFailed(error) : error;
      }
    },
    async progress(id) {
      const handle = await handleOf(id);
      try {
        return await ask(handle);
      } catch (cause) {
        if (!isWorkerAway(cause)) throw cause;
        throw new WorkerAway(`no worker answers for ${handle.workflowId}`, { cause });
      }
    },
    async describe(id) {
      return summaryOf(await (await handleOf(id)).describe());
    },
    async cancel(id) {
      const handle = await handleOf(id);
      if ((await handle.describe()).status.name !== 'RUNNING') return false;
      await handle.cancel();
      return true;
    },
    async list(limit = 20) {
      const runs: RunSummary[] = [];
      for await (const run of client.workflow.list({ query: `WorkflowType = '${workflowType}'`, pageSize: limit })) {
        runs.push(summaryOf(run));
        if (runs.length === limit) break;
      }
      return runs;
    },
    async unservedQueues() {
      const served = await Promise.all(queues.map((queue) => isServed(client, queue, queue === taskQueue)));
      return queues.filter((_, index) => !served[index]);
    },
  };
  return self;
}

const everyMs = 400;
const retriesEveryMs = 2_000;
const silenceMs = 15_000;
/** The server waits longer by itself for a worker that does not come. */
const answerMs = 10_000;

/** Asks a run how far it is, and reports what is new. False where no worker answered. */
function observer(ask: () => Promise<Progress>, onProgress: (progress: Progress) => void): () => Promise<boolean> {
  let last = '';
  return async () => {
    const progress = await ask().catch(() => null);
    const now = JSON.stringify(progress);
    if (progress && now !== last) onProgress(progress);
    if (progress) last = now;
    return progress !== null;
  };
}

/** Looks again and again, until told to stop; a worker that is away for a while only delays the answer. */
async function watch(look: () => Promise<boolean>, onSilence: () => void, signal: AbortSignal): Promise<void> {
  let heardAt = Date.now();
  let isSilent = false;
  while (!signal.aborted) {
    if (await look()) {
      heardAt = Date.now();
      isSilent = false;
    } else if (!isSilent && Date.now() - heardAt > silenceMs) {
      isSilent = true;
      onSilence();
    }
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}

async function repeat(look: () => Promise<void>, pauseMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await look();
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}

/** What a run's stages failed of stands with the server, whether a worker answers or not. */
function retryObserver(handle: WorkflowHandle, onRetry: (retry: Retry) => void): () => Promise<void> {
  let last = '';
  return async () => {
    const { pendingActivities } = (await handle.describe().catch(() => null))?.raw ?? {};
    const failed = pendingActivities?.find(({ lastFailure }) => lastFailure);
    if (!failed) return;
    const attempt = (failed.attempt ?? 1) - 1;
    const [stage, failure] = [
      failed.activityType?.name ?? 'a stage',
      failed.lastFailure?.message ?? 'it did not say why',
    ];
    const now = `${failed.activityId} ${attempt}`;
    if (now !== last) onRetry({ stage, attempt, failure });
    last = now;
  };
}

const aborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const summaryOf = ({
  workflowId,
  runId,
  memo,
  status,
  startTime,
  closeTime,
}: Omit<WorkflowExecutionInfo, 'raw'>): RunSummary => ({
  workflowId,
  runId,
  status: String(memo?.['status'] ?? status.name),
  startedAt: startTime.toISOString(),
  seconds: closeTime ? (closeTime.getTime() - startTime.getTime()) / 1000 : null,
});

async function isRun(handle: WorkflowHandle): Promise<boolean> {
  try {
    return (await handle.describe()).type === workflowType;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

function runFailed({ cause, message }: WorkflowFailedError): RunFailed {
  const type = cause && 'type' in cause && typeof cause.type === 'string' ? cause.type : (cause?.name ?? 'Failed');
  return new RunFailed(type === 'CancelledFailure' ? 'Cancelled' : type, cause?.message || message, { cause });
}

/** The server waits for a worker's answer in vain (4), or knows that there is none (9). */
const isWorkerAway = (error: unknown): boolean =>
  error instanceof ServiceError && isGrpcServiceError(error.cause) && [4, 9].includes(error.cause.code);

/** A poller leaves the server's list minutes after it died, but asks anew every minute while it lives. */
const seenWithinMs = 70_000;

async function isServed(client: Client, name: string, isWorkflowQueue: boolean): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name },
    taskQueueType: isWorkflowQueue ? 1 : 2,
  });
  return (pollers ?? []).some(
    ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < seenWithinMs,
  );
}
