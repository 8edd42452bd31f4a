import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectFolder } from '../../src/folders.ts';

/** Makes this test's Node say that it is another one: the launcher decides by the version alone. */
const claiming = (version: string) => [
  '--import',
  `data:text/javascript,${encodeURIComponent(`Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`)}`,
];

/** Prints its arguments, and ends with a status that names the signal. */
const command = `
process.on('SIGINT', () => process.exit(42));
if (process.argv[2] === 'wait') setInterval(() => {}, 1000);
if (process.argv[2] === 'fail') process.exitCode = 7;
process.stdout.write(JSON.stringify(process.argv.slice(2)) + '\\n');
if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL');
`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ptc-launcher-'));
  await cp(join(projectFolder, 'bin'), join(folder, 'bin'), { recursive: true });
  await mkdir(join(folder, 'src', 'cli'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'src', 'cli', 'main.ts'), command);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function bringNode(): Promise<void> {
  await mkdir(join(folder, 'node_modules', '.bin'), { recursive: true });
  await symlink(process.execPath, join(folder, 'node_modules', '.bin', 'node'));
}

const launch = (version: string, args: string[]): ChildProcess =>
  spawn(process.execPath, [...claiming(version), join(folder, 'bin', 'ptc.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function ended(child: ChildProcess) {
  const output = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  const [status] = await once(child, 'exit');
  const [stdout, stderr] = await output;
  return { status, stdout, stderr };
}

describe('bin/ptc.js', () => {
  test('runs the command in the Node that started it when that is new enough', async () => {
    expect(await ended(launch('24.0.0', ['fail', 'a b', '--json']))).toMatchObject({
      status: 7,
      stdout: '["fail","a b","--json"]\n',
    });
  });

  test("passes arguments and exit status through the project's own Node when started by an older one", async () => {
    await bringNode();
    expect(await ended(launch('20.11.0', ['fail', 'a b', '--json']))).toEqual({
      status: 7,
      stdout: '["fail","a b","--json"]\n',
      stderr: '',
    });
  });

  test('tells as a shell does that a signal ended the command', async () => {
    await bringNode();
    expect(await ended(launch('20.11.0', ['die']))).toMatchObject({ status: 128 + 9 });
  });

  test('passes a signal on, and waits for the command to end by it', async () => {
    await bringNode();
    const child = launch('20.11.0', ['wait']);
    child.stdout?.once('data', () => child.kill('SIGINT'));
    expect(await ended(child)).toMatchObject({ status: 42 });
  });

  test('says what to do when no Node is new enough', async () => {
    expect(await ended(launch('22.17.0', []))).toEqual({
      status: 3,
      stdout: '',
      stderr: expect.stringMatching(/needs Node 24 or newer, and this is 22\.17\.0; run `npm ci`/),
    });
  });
});
