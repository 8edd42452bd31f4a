/** What looks like a live credential, by its vendor's own prefix and length. */
const secrets: readonly { name: string; pattern: RegExp }[] = [
  { name: 'an Anthropic key', pattern: /\bsk-ant-[\w-]{20,}/g },
  { name: 'an OpenRouter key', pattern: /\bsk-or-v1-[0-9a-f]{32,}/g },
  { name: 'an OpenAI key', pattern: /\bsk-(?!ant-|or-v1-)[A-Za-z0-9_-]{32,}/g },
  { name: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { name: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/g },
  { name: 'a GitLab token', pattern: /\bglpat-[\w-]{20,}/g },
  { name: 'a Google API key', pattern: /\bAIza[\w-]{35}/g },
  { name: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,}/g },
  { name: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}/g },
  { name: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/g },
  {
    name: 'a private key',
    pattern: /-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY-----(?:\s|\\[nr])*[A-Za-z0-9+/=]{32,}/g,
  },
];

/** Words and runs that stand in documentation and templates, never in a key that works. */
const placeholder = /example|placeholder|your|change|dummy|fake|sample|secret|(.)\1{5}|0123456789|1234567890|abcdefgh/i;

export interface Secret {
  name: string;
  offset: number;
}

/** Live-looking credentials in a text: what each is and where, never its value. */
export const findSecrets = (text: string): Secret[] =>
  secrets.flatMap(({ name, pattern }) =>
    [...text.matchAll(pattern)].filter(([value]) => looksLive(value)).map(({ index }) => ({ name, offset: index })),
  );

/** The text with every live-looking credential taken out, for excerpts. */
export const redact = (text: string): string =>
  secrets.reduce(
    (cleaned, { name, pattern }) => cleaned.replace(pattern, (value) => (looksLive(value) ? `[${name}]` : value)),
    text,
  );

/** Keys are random: they mix digits and letters and repeat little. */
const looksLive = (value: string): boolean =>
  !placeholder.test(value) && /\d/.test(value) && /[a-z]/i.test(value) && new Set(value).size >= 12;
