import type { Failure } from './failure.ts';
import type { ProviderErrorKind } from './provider.ts';

/** The names of the variables that a remedy may speak of. */
interface Variables {
  key: string;
  model: string;
  baseUrl: string;
}

/** What a failure means, and what the operator can do about it. */
export interface Rule {
  kind: ProviderErrorKind;
  status?: (status: number) => boolean;
  word?: RegExp;
  cause?: RegExp;
  webPage?: true;
  remedy?: (variables: Variables) => string;
}

const is =
  (...statuses: number[]) =>
  (status: number) =>
    statuses.includes(status);
const proxy = 'if this network needs a proxy, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1';

/** The first rule whose conditions all hold decides. Asking again costs time and money, so only what may pass is tried. */
const rules: Rule[] = [
  {
    word: /^(enforced|contract)_spend_limit_reached$|^insufficient_quota$|^exceeded_current_quota_error$/,
    kind: 'rejected',
    remedy: ({ key }) => `the spending limit of the account behind ${key} is reached: raise it or top up`,
  },
  // OpenRouter: the balance is only held by requests that are still running.
  { word: /^openrouter_in_flight_budget$/, status: is(402), kind: 'unavailable' },
  {
    webPage: true,
    status: (status) => status < 500,
    kind: 'rejected',
    remedy: ({ baseUrl }) =>
      `a web page came back, so a proxy or firewall answered, not the vendor: ask for access, check ${baseUrl}; ${proxy}`,
  },
  {
    status: is(401),
    kind: 'rejected',
    remedy: ({ key, baseUrl }) => `check ${key}, and that ${baseUrl} is the address it was issued for`,
  },
  {
    status: is(402),
    kind: 'rejected',
    remedy: ({ key }) => `top up the account behind ${key}, or lower PTC_MAX_OUTPUT_TOKENS`,
  },
  { status: is(403), kind: 'rejected', remedy: ({ key, model }) => `check that ${key} may use ${model}` },
  { status: is(404), kind: 'rejected', remedy: ({ model, baseUrl }) => `check ${model} and ${baseUrl}` },
  { status: is(413), kind: 'rejected', remedy: () => 'the plan is too large for this model' },
  { status: is(408, 409, 425, 429), kind: 'unavailable' },
  { status: (status) => status >= 400 && status < 500, kind: 'rejected' },
  {
    cause: /^(ENOTFOUND|EAI_AGAIN)$/,
    kind: 'unavailable',
    remedy: ({ baseUrl }) => `the host name was not found: check the network and ${baseUrl}; ${proxy}`,
  },
  {
    cause: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/,
    kind: 'unavailable',
    remedy: ({ baseUrl }) => `nothing answers at that address: check ${baseUrl}; ${proxy}`,
  },
  {
    cause: /CERT|UNABLE_TO_VERIFY/,
    kind: 'unavailable',
    remedy: () =>
      'the TLS certificate is not trusted: if your network or server has an authority of its own, name it in NODE_EXTRA_CA_CERTS',
  },
  {
    cause: /^(EPROTO|ERR_SSL_.*)$/,
    kind: 'unavailable',
    remedy: ({ baseUrl }) => `the other side does not speak TLS: check https in ${baseUrl}`,
  },
];

const otherwise: Rule = { kind: 'unavailable' };

export const ruleFor = (failure: Failure): Rule => rules.find((rule) => applies(rule, failure)) ?? otherwise;

const applies = ({ status, word, cause, webPage }: Rule, failure: Failure): boolean =>
  (!status || status(failure.status ?? 0)) &&
  (!word || failure.words.some((one) => word.test(one))) &&
  (!cause || failure.causes.some((one) => cause.test(one))) &&
  (!webPage || failure.webPage);
