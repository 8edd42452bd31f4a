import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stop } from '../schemas/response.ts';
import type { Usage } from '../schemas/usage.ts';
import { readRequest, type ScriptedRequest } from './scripted-request.ts';
import { frames } from './wire-formats.ts';

export type { ScriptedRequest } from './scripted-request.ts';

/** What the scripted model answers. Counts that are left out are estimated from the length of the texts. */
export interface ScriptedAnswer {
  text: string;
  /** Sent before the text, as a model that thinks does. */
  thinking?: string;
  /** How the answer ends; `complete` unless said otherwise. */
  stop?: Stop;
  usage?: Partial<Usage>;
  /** The pause before each chunk of about 40 characters. */
  chunkDelayMs?: number;
}

/** Answers in its own way, at the level of HTTP: how tests make a vendor fail. */
export type ScriptedFault = (response: ServerResponse, request: ScriptedRequest) => void | Promise<void>;

export interface ScriptedModel {
  /** `http://127.0.0.1:<port>`: a base URL for Anthropic's SDK; OpenAI's needs `/v1` behind it. */
  url: string;
  /** Every request so far, the first one first. */
  requests: ScriptedRequest[];
  close(): Promise<void>;
}

export interface ScriptedModelOptions {
  /** Decides each answer; `request.messages` tells one step of a run from the next. */
  answers(request: ScriptedRequest): ScriptedAnswer | ScriptedFault | Promise<ScriptedAnswer | ScriptedFault>;
}

/** Starts a model on this machine that speaks the vendors' streaming formats, so that their real SDKs talk to it. */
export async function startScriptedModel({ answers }: ScriptedModelOptions): Promise<ScriptedModel> {
  const requests: ScriptedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    try {
      const request = await readRequest(incoming, response);
      requests.push(request);
      const answer = await answers(request);
      if (typeof answer === 'function') await answer(response, request);
      else await sendAnswer(response, request, answer);
    } catch (error) {
      refuse(response, error);
    }
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, close: () => close(server) };
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

async function sendAnswer(response: ServerResponse, request: ScriptedRequest, answer: ScriptedAnswer): Promise<void> {
  openStream(response);
  for (const frame of framesOf(answer, request)) {
    if (answer.chunkDelayMs) await sleep(answer.chunkDelayMs);
    if (request.hungUp.aborted) return;
    response.write(frame);
  }
  response.end();
}

/** Sends the head of a streamed answer. Both vendors' names for the id of a request are in it. */
export const openStream = (response: ServerResponse): void =>
  void response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'request-id': 'req_scripted',
    'x-request-id': 'req_scripted',
  });

/** The server-sent events that an answer to this request is made of. */
export const framesOf = (answer: ScriptedAnswer, request: ScriptedRequest): string[] =>
  frames[request.format]({
    model: request.model,
    chunks: answer.text.match(/.{1,40}/gsu) ?? [],
    thinking: answer.thinking ?? '',
    stop: answer.stop ?? 'complete',
    usage: { ...estimate(answer, request), ...answer.usage },
  });

const estimate = ({ text, thinking = '' }: ScriptedAnswer, { messages }: ScriptedRequest): Usage => ({
  input: tokensIn(messages.map((message) => message.text).join('')),
  cacheRead: 0,
  cacheWrite: 0,
  output: tokensIn(thinking + text),
  reasoning: tokensIn(thinking),
});

/** A rule of thumb: four characters to a token. */
const tokensIn = (text: string): number => Math.ceil(text.length / 4);

/** Says what is wrong with a request or a script, as an error that no client tries again. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const message = error instanceof Error ? error.message : String(error);
  response.writeHead(400, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { type: 'invalid_request_error', message: `scripted model: ${message}` } }));
}
