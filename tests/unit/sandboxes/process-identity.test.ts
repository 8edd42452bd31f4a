import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { identity, ownerOf } from '../../../src/sandboxes/process-identity.ts';

const [namespace, pid, start] = identity().split('.');

it('knows its own process as alive', () => {
  expect(ownerOf(`${identity()}-some-label-0123`)).toBe('alive');
});

it('takes a process with the same pid and another start for a dead one', () => {
  expect(ownerOf(`${namespace}.${pid}.${Number(start) - 1}-label`)).toBe('dead');
});

it('knows an ended process as dead', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  expect(ownerOf(`${namespace}.${child.pid}.${start}-label`)).toBe('dead');
});

it('cannot tell about a process of another pid namespace', () => {
  expect(ownerOf(`1${namespace}.${pid}.${start}-label`)).toBe('foreign');
  expect(ownerOf('somebody-elses-folder')).toBe('foreign');
});
