import { describe, expect, it } from 'vitest';
import { checkRules, maxFiles, rules } from '../../../src/validation/rules.ts';
import { lines, project } from './project.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const key = (...parts: string[]): string => parts.join('');
const random = 'h7Kq2mZ9xW4tB8nR5vY1cL6pD3sF0gJqUeXaTo2i';

const liveSecrets: Record<string, string> = {
  'an Anthropic key': key('sk-', `ant-api03-${random}`),
  'an OpenRouter key': key('sk-', 'or-v1-9f3c2b7a61d84e05b2c96f7a183d4e5f'),
  'an OpenAI key': key('sk-', `proj-${random}`),
  'an AWS access key': key('AK', 'IA3M7QX2LW9RTB5KZD'),
  'a GitHub token': key('gh', `p_${random}`),
  'a Slack token': key('xo', 'xb-2847562910-h7Kq2mZ9xW4tB8nR'),
  'a private key': key('-----BEGIN ', `RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA${random}\n`),
};

describe('checkRules', () => {
  it('says nothing of an ordinary project', async () => {
    const files = {
      'src/a.py': 'print(1)\n',
      'src/__init__.py': '',
      'src/py.typed': '',
      'data/.gitkeep': '',
      'tests/conftest.py': '',
      'notes.txt': '',
    };
    expect(await checkRules(project(files))).toEqual([]);
  });

  it('refuses a path that leaves the project', async () => {
    expect(lines(await checkRules(project({ '../a.py': 'a = 1' })))).toEqual(['error path-parent -']);
  });

  it.each([
    ['src/Shop.py', 'src/shop.py'],
    ['caf\u00e9.py', 'cafe\u0301.py'],
  ])('refuses %j next to %j, which some systems take for one file', async (one, other) => {
    expect(lines(await checkRules(project({ [one]: 'a = 1', [other]: 'a = 2' })))).toEqual([
      `error path-collision ${other}`,
    ]);
  });

  it.each([['src'], ['SRC']])('refuses a file %j next to src/a.py', async (path) => {
    expect(lines(await checkRules(project({ [path]: 'a', 'src/a.py': 'a = 1' })))).toEqual([
      `error path-file-and-folder ${path}`,
    ]);
  });

  it('takes as many files as the limit, and refuses one more', async () => {
    const some = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}.py`, 'a = 1']));
    expect(await checkRules(project(some(maxFiles)))).toEqual([]);
    expect(lines(await checkRules(project(some(maxFiles + 1))))).toEqual(['error too-many-files -']);
  });

  it('measures a file in bytes, not characters', async () => {
    expect(await checkRules(project({ 'a.txt': 'x'.repeat(1024 * 1024) }))).toEqual([]);
    expect(lines(await checkRules(project({ 'a.txt': 'é'.repeat(600_000) })))).toEqual(['error file-too-large a.txt']);
  });

  it('measures the whole as the JSON that carries it', async () => {
    const quotes = '"'.repeat(400_000); // twice as long once escaped
    expect(await checkRules(project({ 'a.txt': quotes }))).toEqual([]);
    expect(lines(await checkRules(project({ 'a.txt': quotes, 'b.txt': quotes })))).toEqual([
      'error result-too-large -',
    ]);
  });

  it.each(Object.entries(liveSecrets))('refuses %s, without repeating it', async (name, secret) => {
    const [found, ...others] = await checkRules(project({ 'src/a.py': `# settings\nTOKEN = """${secret}"""\n` }));
    expect(found).toMatchObject({ code: 'secret', severity: 'error', file: 'src/a.py', line: 2 });
    expect(found?.message).toContain(name);
    expect(others).toEqual([]);
    expect(JSON.stringify(found)).not.toContain(random.slice(0, 12));
  });

  it.each([
    key('sk-', 'ant-your-key-goes-here-1234'),
    key('sk-', 'ant-api03-xxxxxxxxxxxxxxxxxxxxxxxxxxx1'),
    key('AK', 'IAIOSFODNN7EXAMPLE'),
    key('gh', `p_${'x'.repeat(36)}`),
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    'sk-ant-',
    'task-management-and-reporting-service-2024-edition',
    'os.environ["ANTHROPIC_API_KEY"]',
  ])('takes %j for a placeholder or a name', async (text) => {
    expect(await checkRules(project({ '.env.example': `KEY=${text}\n` }))).toEqual([]);
  });

  it.each(['src/a.py', 'tests/test_a.py', 'index.js'])('refuses an empty %s', async (path) => {
    expect(lines(await checkRules(project({ [path]: ' \n\t\n' })))).toEqual([`error empty-file ${path}`]);
  });

  it('warns of scripts that run on installation, and only of them', async () => {
    const scripts = { test: 'vitest', postinstall: 'node setup.js', prepare: 'tsc' };
    expect(lines(await checkRules(project({ 'package.json': JSON.stringify({ scripts }) })))).toEqual([
      'warning install-script package.json',
      'warning install-script package.json',
    ]);
  });

  it('reads past a package.json that is none', async () => {
    expect(await checkRules(project({ 'package.json': '{"scripts": [', 'a/package.json': '{"scripts": 7}' }))).toEqual(
      [],
    );
  });
});

describe('rules', () => {
  it('lists each code once, with words for the documentation', () => {
    const codes = rules.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { refuses } of rules) expect(refuses).not.toBe('');
  });
});
