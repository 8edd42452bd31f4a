import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '10s' });

/** The least that a run of so many stages can cost. */
export async function noOps(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await nothing();
}
