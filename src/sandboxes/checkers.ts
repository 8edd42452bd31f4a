import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { digest } from './digest.ts';
import { makeReadable, type Staging } from './staging.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** The compiler and Node's types, out of this program's own packages; null where they are not installed. */
export async function stageTypescript(staging: Staging): Promise<string | null> {
  const found = locateTypescript();
  if (found === null) return null;
  return staging.once(`typescript-${found.version}`, async (folder) => {
    await cp(found.compiler, join(folder, 'lib'), { recursive: true });
    for (const [name, from] of Object.entries(found.types)) {
      await cp(from, join(folder, 'node_modules', name), { recursive: true });
    }
    await makeReadable(folder);
    await chmod(join(folder, 'lib', 'tsc'), 0o755);
  });
}

function locateTypescript() {
  try {
    const manifest = require.resolve('typescript/package.json');
    const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
    const node = require.resolve('@types/node/package.json');
    const undici = createRequire(node).resolve('undici-types/package.json');
    const versions = [manifest, node].map((path) => (require(path) as { version: string }).version);
    return {
      version: versions.join('-'),
      compiler: join(dirname(createRequire(manifest).resolve(platform)), 'lib'),
      types: { '@types/node': dirname(node), 'undici-types': dirname(undici) },
    };
  } catch {
    return null; // production installs may leave it out
  }
}

export const goRoot = '/usr/local/go';
const goChecker = fileURLToPath(new URL('support/check-go.go', import.meta.url));

/** A checker of Go types, built once by the machine's own Go; null where there is none under /usr or it fails. */
export async function stageGo(staging: Staging): Promise<string | null> {
  if (!existsSync(`${goRoot}/bin/go`)) return null;
  const name = `go-${digest((await readFile(goChecker, 'utf8')) + (await readFile(`${goRoot}/VERSION`, 'utf8')))}`;
  return staging.once(name, buildGoChecker).catch(() => null);
}

async function buildGoChecker(folder: string): Promise<void> {
  const cache = join(folder, 'cache');
  await mkdir(cache);
  const env = { PATH: '/usr/bin:/bin', HOME: cache, GOCACHE: cache, GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };
  const flags = ['-trimpath', '-ldflags', '-s -w', '-o', join(folder, 'check-go')];
  await run(`${goRoot}/bin/go`, ['build', ...flags, goChecker], { cwd: folder, env });
  await rm(cache, { recursive: true });
  await chmod(join(folder, 'check-go'), 0o755);
}

/** Debian keeps in /etc what its Java cannot start without. */
export async function javaSettings(): Promise<string[]> {
  const names = await readdir('/etc').catch(() => []);
  return names.filter((name) => /^java-\d+-openjdk$/.test(name)).map((name) => `/etc/${name}`);
}
