import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { providerNames } from './providers/provider.ts';
import { Secret } from './secret.ts';

/** Wrong settings, all of them at once, each with its variable and what it may be. Never holds a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const Key = z
  .string()
  .refine((text) => !/^bearer\b/i.test(text), {
    error: 'malformed: leave out "Bearer", only the key itself belongs here',
    abort: true,
  })
  .refine((text) => /^[\x21-\x7e]+$/.test(text) && !/["'`]/.test(text), {
    error: 'malformed: a key has no quotes, spaces or line breaks; copy it again',
  })
  .transform((text) => new Secret(text))
  .optional();

const BaseUrl = z
  .string()
  .refine(isPlainHttpUrl, 'expected an http or https address without user name, password or query')
  .optional();

function isPlainHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
}

const Name = z.string().regex(/^\S+$/, 'expected one word without spaces').optional();

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `expected a whole number from ${min} to ${max}`,
    })
    .transform(Number);

const choice = <const Value extends string>(values: readonly Value[]) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(values, { error: `expected one of ${values.join(', ')}` }));

/** Every variable that PTC reads itself. `.env.example` describes them; a test holds the two together. */
export const Settings = z.object({
  ANTHROPIC_API_KEY: Key,
  ANTHROPIC_BASE_URL: BaseUrl,
  ANTHROPIC_MODEL: Name,
  OPENROUTER_API_KEY: Key,
  OPENROUTER_BASE_URL: BaseUrl,
  OPENROUTER_MODEL: Name,
  KIMI_API_KEY: Key,
  MOONSHOT_API_KEY: Key,
  KIMI_BASE_URL: BaseUrl,
  KIMI_MODEL: Name,
  OPENAI_API_KEY: Key,
  OPENAI_BASE_URL: BaseUrl,
  OPENAI_MODEL: Name,
  LLM_PROVIDER: choice(providerNames).optional(),
  // Node's fetch gives up on a silent server after 300 s, so a longer deadline would not hold.
  PTC_FIRST_BYTE_SECONDS: wholeNumber(1, 290).default(120),
  PTC_SILENCE_SECONDS: wholeNumber(1, 290).default(120),
  PTC_MAX_OUTPUT_TOKENS: wholeNumber(256, 1_000_000).optional(),
  DEFAULT_TIMEOUT: wholeNumber(30, 3600).default(300),
  DEFAULT_MAX_ITERATIONS: wholeNumber(1, 10).default(3),
  MAX_CONCURRENT_EXECUTIONS: wholeNumber(1, 1000).default(5),
  PTC_LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  PTC_TASK_QUEUE: Name.default('ptc'),
  PTC_STATE_DIR: z.string().default('.ptc'),
  PTC_STORE: z.string().optional(),
  PTC_SANDBOX: choice(['local']).default('local'),
  PTC_SANDBOX_DIR: z.string().optional(),
});
export type Settings = z.infer<typeof Settings>;

/** The parsed settings, and the variables they came from, an empty one left out. */
export function readEnvironment(env: NodeJS.ProcessEnv, envFile: string) {
  const variables = withoutEmpty({ ...readEnvFile(envFile), ...env });
  const parsed = Settings.safeParse(variables);
  if (parsed.success) return { settings: parsed.data, variables };
  const lines = parsed.error.issues.map(({ path, message }) => `- ${path.join('.')}: ${message}`);
  throw new ConfigError(`wrong settings in the environment or ${envFile}:\n${lines.join('\n')}`);
}

/** An empty variable counts as unset, in the environment too: `KIMI_API_KEY= ptc ...` hides the one in the file. */
const withoutEmpty = (variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(variables).filter(([, text]) => text !== undefined && text.trim() !== ''));

function readEnvFile(path: string): NodeJS.ProcessEnv {
  try {
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new ConfigError(`${path} could not be read`, { cause: error });
  }
}
