import { describe, expect, it } from 'vitest';
import { inOurTerms } from '../../../src/providers/errors.ts';
import { ProviderError } from '../../../src/providers/provider.ts';
import { quote } from '../../../src/providers/quote.ts';
import { NotAStream } from '../../../src/providers/transport.ts';
import { Secret } from '../../../src/secret.ts';

const { signal } = new AbortController();
const translated = (error: unknown): Promise<unknown> =>
  inOurTerms(Promise.reject(error), signal, { provider: 'kimi', model: 'kimi-k3', secrets: [] }).catch(
    (thrown: unknown) => thrown,
  );
const answered = (status: number, headers: Record<string, string>) =>
  translated(new NotAStream(new Response(null, { status, headers }), '{"error":{"message":"no"}}'));

/** As fetch throws it. */
const networkError = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(`it was ${code}`), { code }) });

describe('what went wrong on the way', () => {
  it.each([
    ['ENOTFOUND', 'the host name was not found'],
    ['EAI_AGAIN', 'the host name was not found'],
    ['ECONNREFUSED', 'check KIMI_BASE_URL'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak TLS'],
    ['ECONNRESET', 'it was ECONNRESET'],
  ])('%s may pass, and comes with its remedy', async (code, remedy) => {
    expect(await translated(networkError(code))).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining(remedy),
    });
  });

  it('carries no cause, since that may quote a key', async () => {
    const error = await translated(networkError('ECONNRESET'));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).not.toHaveProperty('cause');
  });

  it('leaves a bug of ours as it is', async () => {
    const bug = new TypeError('x is not a function');
    expect(await translated(bug)).toBe(bug);
  });
});

describe('the delay that a vendor asks for', () => {
  it('may be a date', async () => {
    const soon = new Date(Date.now() + 30_000).toUTCString();
    const { retryAfterMs } = (await answered(503, { 'retry-after': soon })) as ProviderError;
    expect(retryAfterMs).toBeGreaterThan(20_000);
    expect(retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  it.each([
    ['a date that is over', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['no time at all', 'soon', null],
    ['a negative number', '-5', null],
    ['longer than any run', '86400', 3_600_000],
  ])('may be %s', async (_, value, retryAfterMs) => {
    expect(await answered(503, { 'retry-after': value })).toMatchObject({ retryAfterMs });
  });

  it('means nothing where asking again does not help', async () => {
    expect(await answered(400, { 'retry-after': '5' })).toMatchObject({ kind: 'rejected', retryAfterMs: null });
  });
});

describe('a quotation', () => {
  const secrets = [new Secret('hush-hush-123'), new Secret('quiet')];

  it('is one line without control characters', () => {
    expect(quote('a\n\tb\u0000\u001b[31mc', secrets, 50)).toBe('a b [31mc');
  });

  it('hides every configured key, whatever its form, and whatever looks like one', () => {
    expect(quote('hush-hush-123, quiet, sk-proj-abc***xyz', secrets, 90)).toBe('[redacted], [redacted], [redacted]');
  });

  it('leaves words that only contain the letters of a key', () => {
    expect(quote('the task-runner is quieter', secrets, 50)).toBe('the task-runner is quieter');
  });

  it('leaves no half of a key where it is cut', () => {
    expect(quote(`${'x'.repeat(45)} hush-hush-123`, secrets, 50)).not.toContain('hush');
  });

  it('is quick with a hostile page', () => {
    const started = performance.now();
    quote('<style'.repeat(1_000_000), secrets, 300);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
