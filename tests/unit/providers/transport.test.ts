import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchedFetch } from '../../../src/providers/transport.ts';

const deadlines = { firstByteMs: 120_000, silenceMs: 60_000 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(globalThis, 'setTimeout');
  vi.spyOn(globalThis, 'clearTimeout');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Of the timers, those that are deadlines of ours: fetch has some of its own. */
function pendingDeadlines(): number {
  const started = vi.mocked(setTimeout).mock;
  const cleared = new Set(vi.mocked(clearTimeout).mock.calls.map(([timer]) => timer));
  const ours = started.results.filter((_, index) => Object.values(deadlines).includes(started.calls[index]?.[1] ?? 0));
  return ours.filter(({ value }) => !cleared.has(value)).length;
}

/** A request in flight: the server's end of it, and the client's reader. */
async function exchange(signal?: AbortSignal) {
  const arrived = Promise.withResolvers<ServerResponse>();
  const server = createServer((_, response) => arrived.resolve(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = watchedFetch(deadlines)(`http://127.0.0.1:${port}`, signal ? { signal } : {});
  answer.catch(() => {}); // each test looks at it later
  const response = await arrived.promise;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { answer, response, close };
}

const open = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });

async function reader(answer: Promise<Response>) {
  const { body } = await answer;
  if (body === null) throw new Error('no body');
  return body.getReader();
}

it('waits for the first byte as long as it may, and no longer', async () => {
  const { answer, close } = await exchange();
  vi.advanceTimersByTime(deadlines.firstByteMs - 1);
  expect(pendingDeadlines()).toBe(1);
  vi.advanceTimersByTime(1);
  await expect(answer).rejects.toThrow('sent no first byte for 120 s');
  close();
});

it('does not take headers for the first byte', async () => {
  const { answer, response, close } = await exchange();
  open(response).flushHeaders();
  const body = await reader(answer);
  vi.advanceTimersByTime(deadlines.firstByteMs);
  await expect(body.read()).rejects.toThrow('sent no first byte for 120 s');
  close();
});

it('takes a comment that keeps the stream alive for life, and its absence for silence', async () => {
  const { answer, response, close } = await exchange();
  open(response).write(': processing\n\n');
  const body = await reader(answer);
  await body.read();
  for (let minute = 0; minute < 10; minute++) {
    vi.advanceTimersByTime(deadlines.silenceMs - 1);
    response.write(': processing\n\n');
    expect((await body.read()).done).toBe(false);
  }
  vi.advanceTimersByTime(deadlines.silenceMs);
  await expect(body.read()).rejects.toThrow('fell silent between two chunks for 60 s');
  close();
});

it.each([
  [
    'has ended',
    async (response: ServerResponse, body: ReadableStreamDefaultReader) => {
      response.end();
      while (!(await body.read()).done);
    },
  ],
  ['was dropped by its reader', async (_: ServerResponse, body: ReadableStreamDefaultReader) => body.cancel()],
  [
    'was cut',
    async (response: ServerResponse, body: ReadableStreamDefaultReader) => {
      response.destroy();
      await expect(body.read()).rejects.toThrow();
    },
  ],
])('leaves no timer behind when the stream %s', async (_, finish) => {
  const { answer, response, close } = await exchange();
  open(response).write('data: 1\n\n');
  const body = await reader(answer);
  await body.read();
  await finish(response, body);
  await vi.waitUntil(() => pendingDeadlines() === 0, { timeout: 20_000 });
  close();
});

it("hands on its caller's abort, with the reason, and leaves no timer behind", async () => {
  const caller = new AbortController();
  const { answer, close } = await exchange(caller.signal);
  caller.abort(new Error('enough'));
  await expect(answer).rejects.toThrow('enough');
  expect(pendingDeadlines()).toBe(0);
  close();
});
