import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { WireFormat } from './wire-formats.ts';

/** A request to the scripted model, in either format. */
export interface ScriptedRequest {
  format: WireFormat;
  headers: IncomingHttpHeaders;
  /** The body as it was sent. */
  body: Record<string, unknown>;
  model: string;
  /** The conversation as plain text, the system prompt first. */
  messages: { role: string; text: string }[];
  /** Aborts when the client hangs up before it has the whole answer. */
  hungUp: AbortSignal;
}

const formats: Record<string, WireFormat> = { '/v1/messages': 'anthropic', '/v1/chat/completions': 'openai' };

const Content = z
  .union([z.string(), z.array(z.object({ text: z.string().default('') }))])
  .transform((content) => (typeof content === 'string' ? content : content.map((part) => part.text).join('')));
const Body = z.looseObject({
  model: z.string(),
  system: Content.optional(),
  messages: z.array(z.object({ role: z.string(), content: Content })),
});

/** @throws {Error} saying what is wrong with a request that no vendor would take. */
export async function readRequest(incoming: IncomingMessage, response: ServerResponse): Promise<ScriptedRequest> {
  const format = formats[incoming.url ?? ''];
  if (format === undefined) throw new Error(`no model at ${incoming.url}`);
  const json: Record<string, unknown> = JSON.parse(await text(incoming));
  const { model, system, messages } = Body.parse(json);
  const spoken = messages.map(({ role, content }) => ({ role, text: content }));
  return {
    format,
    headers: incoming.headers,
    body: json,
    model,
    messages: system === undefined ? spoken : [{ role: 'system', text: system }, ...spoken],
    hungUp: hangUp(response),
  };
}

function hangUp(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
