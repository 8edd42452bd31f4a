/** How long a model may say nothing, in milliseconds: before the first byte of its answer, and between two chunks. */
export interface Deadlines {
  firstByteMs: number;
  silenceMs: number;
}

/**
 * An answer that stopped without being finished. Asking again may help. Its message may not contain "timeout":
 * an SDK puts an error of its own in the place of one that does, and forgets the cause.
 */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer';
}

/** What came instead of a stream: an error, or a success with JSON or a web page, which is one in disguise. */
export class NotAStream extends Error {
  override readonly name = 'NotAStream';
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;

  constructor({ status, headers }: Response, body: string) {
    super('no stream came back');
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/**
 * The fetch that the vendors' SDKs are given. Their own timeouts end at the headers, so a stalled stream would hang
 * for ever; and they drop parts of the bodies that tell what went wrong. Bytes are watched, not events: a vendor's
 * keep-alives count as life while a model thinks.
 */
export function watchedFetch({ firstByteMs, silenceMs }: Deadlines): typeof fetch {
  return async (input, init) => {
    const deadline = new AbortController();
    const expireAfter = (ms: number, what: string, setting: string) =>
      setTimeout(() => deadline.abort(new BrokenAnswer(`${what} for ${ms / 1000} s (${setting})`)), ms);
    let timer = expireAfter(firstByteMs, 'sent no first byte', 'PTC_FIRST_BYTE_SECONDS');
    const stop = () => clearTimeout(timer);
    const onChunk = () => {
      stop();
      timer = expireAfter(silenceMs, 'fell silent between two chunks', 'PTC_SILENCE_SECONDS');
    };
    try {
      const signal = AbortSignal.any([deadline.signal, ...(init?.signal ? [init.signal] : [])]);
      return await onlyStreams(observed(await fetch(input, { ...init, signal }), onChunk, stop));
    } catch (error) {
      stop();
      throw error;
    }
  };
}

function observed(response: Response, onChunk: () => void, onEnd: () => void): Response {
  const body = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        onChunk();
        controller.enqueue(chunk);
      },
      flush: onEnd,
      cancel: onEnd,
    }),
  );
  if (body === undefined) onEnd();
  return new Response(body ?? null, response);
}

async function onlyStreams(response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? '';
  if (response.ok && !/^(application\/json|text\/html)/i.test(type)) return response;
  throw new NotAStream(response, await response.text());
}
