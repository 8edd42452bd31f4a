import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '10s' });

/** The least that a run of so many stages can cost: a no-op on each of these task queues in turn. */
export async function noOps(taskQueues: string[]): Promise<void> {
  for (const taskQueue of taskQueues) await nothing.executeWithOptions({ taskQueue }, []);
}
