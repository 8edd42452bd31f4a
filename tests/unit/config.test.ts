import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, keyProblems, loadConfig } from '../../src/config.ts';
import { Settings } from '../../src/environment.ts';
import { projectFolder } from '../../src/folders.ts';

let folder: string;
const envFile = () => join(folder, '.env');
const load = (env: NodeJS.ProcessEnv = {}) => loadConfig(env, { envFile: envFile() });
const failure = (env: NodeJS.ProcessEnv): Error => {
  try {
    load(env);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('these settings were accepted');
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ptc-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('where settings come from', () => {
  it('needs no variable and no file', () => {
    expect(load()).toMatchObject({
      planDefaults: { timeoutSeconds: 300, maxIterations: 3 },
      modelDeadlines: { firstByteMs: 120_000, silenceMs: 120_000 },
      taskQueue: 'ptc',
      stateFolder: join(projectFolder, '.ptc'),
      storeFolder: join(projectFolder, '.ptc', 'store'),
      preferredProvider: null,
      temporal: {},
    });
  });

  it('reads the file, and lets the environment win over it', () => {
    writeFileSync(envFile(), 'PTC_TASK_QUEUE=from-file\nDEFAULT_TIMEOUT=60 # seconds\n');
    const config = load({ PTC_TASK_QUEUE: 'from-environment' });
    expect(config.taskQueue).toBe('from-environment');
    expect(config.planDefaults.timeoutSeconds).toBe(60);
  });

  it('reads a file that an editor saved with a byte order mark', () => {
    writeFileSync(envFile(), '\uFEFFPTC_TASK_QUEUE=marked\n');
    expect(load().taskQueue).toBe('marked');
  });

  it('takes an empty variable as unset, and an empty one of the environment hides that of the file', () => {
    writeFileSync(envFile(), 'KIMI_API_KEY=sk-from-file\nDEFAULT_TIMEOUT=\n');
    const config = load({ KIMI_API_KEY: '', LLM_PROVIDER: ' ' });
    expect(config.providers.kimi.key).toBeNull();
    expect(config.planDefaults.timeoutSeconds).toBe(300);
    expect(config.preferredProvider).toBeNull();
  });

  it('takes a Moonshot key for Kimi, unless there is one of its own name', () => {
    expect(load({ MOONSHOT_API_KEY: 'sk-moon' }).providers.kimi.key?.reveal()).toBe('sk-moon');
    expect(load({ MOONSHOT_API_KEY: 'sk-moon', KIMI_API_KEY: 'sk-kimi' }).providers.kimi.key?.reveal()).toBe('sk-kimi');
  });

  it("hands on Temporal's own variables, from the file too, and no others", () => {
    writeFileSync(envFile(), 'TEMPORAL_ADDRESS=localhost:7233\n');
    expect(load({ TEMPORAL_NAMESPACE: 'builds', PATH: '/bin' }).temporal).toEqual({
      TEMPORAL_ADDRESS: 'localhost:7233',
      TEMPORAL_NAMESPACE: 'builds',
    });
  });

  it('keeps the store in the state folder, unless it has a place of its own', () => {
    expect(load({ PTC_STATE_DIR: '/var/kept' })).toMatchObject({
      stateFolder: '/var/kept',
      storeFolder: '/var/kept/store',
    });
    expect(load({ PTC_STATE_DIR: 'kept', PTC_STORE: '/var/store' })).toMatchObject({
      stateFolder: join(projectFolder, 'kept'),
      storeFolder: '/var/store',
    });
  });

  it('reads choices in any case, since other services write them in capitals', () => {
    expect(load({ PTC_LOG_LEVEL: 'DEBUG', LLM_PROVIDER: 'OpenRouter' })).toMatchObject({
      logLevel: 'debug',
      preferredProvider: 'openrouter',
    });
  });
});

describe('what is refused', () => {
  it('names all that is wrong at once, with what is allowed', () => {
    const error = failure({
      DEFAULT_TIMEOUT: '20',
      DEFAULT_MAX_ITERATIONS: 'three',
      LLM_PROVIDER: 'gemini',
      OPENAI_BASE_URL: 'localhost:11434',
    });
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toContain('DEFAULT_TIMEOUT: expected a whole number from 30 to 3600');
    expect(error.message).toContain('DEFAULT_MAX_ITERATIONS: expected a whole number from 1 to 10');
    expect(error.message).toContain('LLM_PROVIDER: expected one of anthropic, openrouter, kimi, openai');
    expect(error.message).toContain('OPENAI_BASE_URL: expected an http or https address');
  });

  it.each([
    ['a quote', '"sk-ant-hush"'],
    ['a space inside', 'sk-ant hush'],
    ['a line break at the end', 'sk-ant-hush\n'],
    ['the word Bearer in front', 'Bearer sk-ant-hush'],
    ['a character that no header can carry', 'sk-ant-hush\u2026'],
  ])('names a key with %s as malformed, without its text', (_, key) => {
    const { message } = failure({ ANTHROPIC_API_KEY: key });
    expect(message).toMatch(/ANTHROPIC_API_KEY: malformed/);
    expect(message).not.toContain('hush');
  });

  it('keeps the password of an address out of the message', () => {
    const { message } = failure({ KIMI_BASE_URL: 'https://me:hush@gateway.example/v1' });
    expect(message).toContain('KIMI_BASE_URL');
    expect(message).not.toContain('hush');
  });
});

describe('keys', () => {
  it('print as redacted wherever a configuration lands', () => {
    const config = load({ ANTHROPIC_API_KEY: 'sk-ant-hush', TEMPORAL_API_KEY: 'hush' });
    const { key } = config.providers.anthropic;
    for (const text of [JSON.stringify(config), inspect(config, { depth: 9 }), `${key}`]) {
      expect(text).toContain('[redacted]');
      expect(text).not.toContain('hush');
    }
    expect(key?.reveal()).toBe('sk-ant-hush');
  });

  it('of another vendor are named as such', () => {
    expect(keyProblems(load({ ANTHROPIC_API_KEY: 'sk-or-v1-hush' }))).toEqual([
      'ANTHROPIC_API_KEY holds a key of openrouter (it begins with sk-or-): it belongs into OPENROUTER_API_KEY',
    ]);
    expect(keyProblems(load({ OPENAI_API_KEY: 'sk-ant-hush' }))).toEqual([
      expect.stringContaining('belongs into ANTHROPIC_API_KEY'),
    ]);
  });

  it('of an unknown form are named with the form that is right', () => {
    expect(keyProblems(load({ ANTHROPIC_API_KEY: 'hush', OPENROUTER_API_KEY: 'hush' }))).toEqual([
      'ANTHROPIC_API_KEY does not hold a key of anthropic: those begin with sk-ant-',
      'OPENROUTER_API_KEY does not hold a key of openrouter: those begin with sk-or-',
    ]);
  });

  it('of the right form are no problem, nor is any text for a server of ones own', () => {
    const env = {
      ANTHROPIC_API_KEY: 'sk-ant-hush',
      KIMI_API_KEY: 'sk-hush',
      OPENAI_API_KEY: 'ollama',
      OPENAI_BASE_URL: 'http://localhost:11434/v1',
    };
    expect(keyProblems(load(env))).toEqual([]);
  });
});

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const assignments = [...example.matchAll(/^(?:# )?([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => ({
    name,
    value,
  }));
  const own = assignments.filter(({ name }) => !name.startsWith('TEMPORAL_'));

  it('names the variables that PTC reads, each once, and no other', () => {
    expect(own.map(({ name }) => name).sort()).toEqual(Object.keys(Settings.shape).sort());
  });

  it('can be used as it is, and shows the defaults', () => {
    writeFileSync(envFile(), example);
    const shown = Object.fromEntries(
      own.filter(({ name }) => !/_(MODEL|BASE_URL)$/.test(name)).map(({ name, value }) => [name, value]),
    );
    expect(load()).toEqual(loadConfig({}, { envFile: join(folder, 'missing') }));
    expect(load(shown)).toEqual(load());
  });
});
