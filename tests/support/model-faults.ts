import {
  framesOf,
  openStream,
  type ScriptedAnswer,
  type ScriptedFault,
  type ScriptedRequest,
} from '../../src/demo/scripted-model.ts';

interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** A whole answer that is no stream: JSON, or a text as it is. */
export const replies =
  ({ status, body, headers }: Reply): ScriptedFault =>
  (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };

/** An error in the form in which either vendor sends it, after the head and the first frames of an answer. */
export const failsInside = (answer: ScriptedAnswer, error: Record<string, unknown>): ScriptedFault =>
  startsThen(answer, (response, { format }) => {
    const event = format === 'anthropic' ? 'event: error\n' : '';
    response.end(`${event}data: ${JSON.stringify({ type: 'error', error })}\n\n`);
  });

/** The stream ends in good order, but nothing says that the answer does. */
export const endsEarly = (answer: ScriptedAnswer): ScriptedFault =>
  startsThen(answer, (response) => void response.end());

export const cutsSocket = (answer: ScriptedAnswer): ScriptedFault =>
  startsThen(answer, (response) => void response.destroy());

export const stalls = (answer: ScriptedAnswer): ScriptedFault => startsThen(answer, () => {});

/** The request arrives, and that is all. */
export const saysNothing: ScriptedFault = () => {};

/** Sends these server-sent events and ends. */
export const sends =
  (events: (request: ScriptedRequest) => unknown[], headers: Record<string, string> = {}): ScriptedFault =>
  (response, request) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
    for (const event of events(request)) response.write(`data: ${JSON.stringify(event)}\n\n`);
    response.end('data: [DONE]\n\n');
  };

/** Sends what leads up to the text and its first chunks, waits until they are out, and goes on otherwise. */
const startsThen =
  (answer: ScriptedAnswer, then: ScriptedFault): ScriptedFault =>
  async (response, request) => {
    openStream(response);
    const head = framesOf(answer, request).slice(0, 4).join('');
    await new Promise<void>((resolve) => response.write(head, () => resolve()));
    await then(response, request);
  };
