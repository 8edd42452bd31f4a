import { expect, it } from 'vitest';
import { startPtc } from '../support/command.ts';
import { startRig, testPlan } from '../support/rig.ts';

it('ptc follow says that nobody answers, and that the run waits for a worker', async () => {
  await using rig = await startRig({ answers: [], serve: [] });
  const { workflowId } = await rig.ptc.start(testPlan());
  await using follow = startPtc(['follow', workflowId], { env: rig.env });
  await follow.says('if no worker runs, the run waits for one');
  follow.process.kill('SIGINT');
  expect(await follow.ended).toMatchObject({ status: 130, stderr: expect.stringContaining('The run goes on') });
});
