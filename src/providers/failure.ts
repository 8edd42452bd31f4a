import { APIError as AnthropicApiError, AnthropicError } from '@anthropic-ai/sdk';
import { OpenAIError, APIError as OpenAiApiError } from 'openai';
import { z } from 'zod';
import { BrokenAnswer, NotAStream } from './transport.ts';

/** What went wrong, in the same terms for every vendor and SDK. */
export interface Failure {
  /** The HTTP status, or the one that an error inside a stream or a 200 answer stands for. */
  status: number | null;
  /** The vendor's machine-readable words: type, code, and their details. */
  words: string[];
  /** The codes of the network errors below it, outermost first: `ECONNREFUSED`. */
  causes: string[];
  /** What was said, unbounded and unredacted. */
  said: string;
  webPage: boolean;
  requestId: string | null;
  retryAfterMs: number | null;
}

const unknown: Omit<Failure, 'said'> = {
  status: null,
  words: [],
  causes: [],
  webPage: false,
  requestId: null,
  retryAfterMs: null,
};

const Word = z.string().nullish().catch(null);

/** The body of an error, read minimally: Anthropic's, OpenAI's and OpenRouter's forms in one. */
const VendorError = z.object({
  message: Word,
  type: Word,
  code: z.union([z.string(), z.number()]).nullish().catch(null),
  details: z.object({ error_code: Word }).nullish().catch(null),
  metadata: z.object({ limit_source: Word, error_type: Word, raw: Word }).nullish().catch(null),
});
type VendorError = z.infer<typeof VendorError>;

/** What a vendor's type means where the error came without a status, inside a stream. */
const statusOfType: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  api_error: 500,
  server_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/** Reads what an SDK or the network threw; null for anything else, which is a bug of ours. */
export function readFailure(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null;
  const chain = [...causeChain(error)];
  const root = chain.at(-1) ?? error;
  if (root instanceof NotAStream) return readBody(root);
  const causes = chain.flatMap((link) => ('code' in link && typeof link.code === 'string' ? [link.code] : []));
  if (root instanceof AnthropicApiError || root instanceof OpenAiApiError) return { ...readEvent(root), causes };
  const known = chain.some((link) => foreign.some((type) => link instanceof type));
  return known || causes.length > 0 ? { ...unknown, causes, said: root.message } : null;
}

/** The SDKs throw a SyntaxError for an event that is not JSON. */
const foreign = [AnthropicError, OpenAIError, BrokenAnswer, SyntaxError];

function* causeChain(error: Error): Generator<Error> {
  for (let link: unknown = error, depth = 0; link instanceof Error && depth < 8; link = link.cause, depth++) yield link;
}

/** An error in the middle of a stream. */
const readEvent = ({ error, headers, message }: AnthropicApiError | OpenAiApiError): Failure => ({
  ...fromVendor(vendorError(error), message),
  ...fromHeaders(headers ?? new Headers()),
});

function readBody({ status, headers, body }: NotAStream): Failure {
  const json = parseJson(body);
  const isError = status >= 400 || z.object({ error: z.unknown() }).safeParse(json).data?.error !== undefined;
  const webPage = json === null && /<(!doctype|html|head|body)\b/i.test(body);
  // A success without an error may be an answer in full: that is no message, and not for a log.
  const failure = fromVendor(vendorError(json), isError || webPage ? body : 'answered with no stream');
  return { ...failure, ...fromHeaders(headers), webPage, status: status >= 400 ? status : failure.status };
}

/** `text` is what there is to quote where the body holds no message. */
function fromVendor(vendor: VendorError, text: string): Failure {
  const { type, code, message, details, metadata } = vendor;
  const words = [type, code, details?.error_code, metadata?.limit_source, metadata?.error_type];
  return {
    ...unknown,
    status: statusOf(vendor),
    words: words.filter((word) => typeof word === 'string'),
    said: [message ?? text, metadata?.raw].filter(Boolean).join(': '),
  };
}

/** The error may stand under `error`, as a text there, or be the whole. */
function vendorError(body: unknown): VendorError {
  const inner = z.object({ error: z.unknown() }).safeParse(body).data?.error ?? body;
  const parsed = VendorError.safeParse(typeof inner === 'string' ? { message: inner } : inner);
  return parsed.data ?? {};
}

function statusOf({ code, type }: VendorError): number | null {
  const numeric = Number(code);
  if (Number.isInteger(numeric) && numeric >= 400 && numeric < 600) return numeric;
  return statusOfType[type ?? ''] ?? statusOfType[code ?? ''] ?? null;
}

const fromHeaders = (headers: Headers): Pick<Failure, 'requestId' | 'retryAfterMs'> => ({
  requestId: headers.get('request-id') ?? headers.get('x-request-id') ?? headers.get('x-generation-id'),
  retryAfterMs: retryAfterMs(headers),
});

/** The delay that the vendor asked for: `retry-after-ms`, or `retry-after` in seconds or as a date. At most an hour, as a run is. */
function retryAfterMs(headers: Headers): number | null {
  const after = headers.get('retry-after') ?? '';
  const delays = [
    Number.parseFloat(headers.get('retry-after-ms') ?? ''),
    /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1000 : Number.NaN,
    /[a-z]/i.test(after) ? Math.max(0, Date.parse(after) - Date.now()) : Number.NaN, // a bare number would pass for a year
  ];
  const delay = delays.find((ms) => ms >= 0);
  return delay === undefined ? null : Math.min(delay, 3_600_000);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
