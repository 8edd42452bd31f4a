import { posix } from 'node:path';
import { type Checker, pathsOf, type Reading } from './checker.ts';
import { readSaid } from './said.ts';

/** Debian's, or rustup's as the official images have it. */
const env = {
  PATH: '/usr/local/cargo/bin:/usr/local/bin:/usr/bin:/bin',
  RUSTUP_HOME: '/usr/local/rustup',
  CARGO_HOME: '/tmp/cargo',
  CARGO_TARGET_DIR: '/tmp/target',
};

const manifests = (paths: readonly string[]) => paths.filter((path) => /(?:^|\/)Cargo\.toml$/.test(path));

export const cargo: Checker = {
  name: 'cargo check',
  code: 'build-error',
  toolchains: [],
  exitCodes: [0, 101],
  commands(files) {
    if (pathsOf(files, /\.rs$/).length === 0) return [];
    const folders = manifests(pathsOf(files, /\.toml$/)).map((path) => posix.dirname(path));
    // A member of a workspace is checked with it.
    const roots = folders.filter((folder) => !folders.some((other) => other !== folder && isBelow(folder, other)));
    const argv = ['cargo', 'check', '--offline', '--quiet', '--all-targets', '--message-format', 'short'];
    return roots.map((folder) => ({ argv, env, folder }));
  },
  read,
};

/** A project without a manifest: programs and no libraries. */
export const rustc: Checker = {
  name: 'rustc',
  code: 'build-error',
  toolchains: [],
  exitCodes: [0, 1],
  commands(files) {
    if (manifests(pathsOf(files, /\.toml$/)).length > 0) return [];
    const programs = files.filter(
      ({ path, content }) => /\.rs$/.test(path) && /^\s*(?:async )?fn main\s*\(/m.test(content),
    );
    const options = ['--edition', '2021', '--emit', 'metadata', '--out-dir', '/tmp', '--error-format', 'short'];
    return programs.map(({ path }) => ({ argv: ['rustc', ...options, `./${path}`], env }));
  },
  read,
};

const isBelow = (folder: string, other: string) => other === '.' || folder.startsWith(`${other}/`);

const said = /^(?<file>[^\s:][^:\n]*\.rs):(?<line>\d+):(?<column>\d+): error(?:\[(?<code>E\d+)\])?: (?<message>.+)$/gm;
const missing =
  /no matching package named `([^`]+)`|failed to \w+ `([^`]+)`|can't find crate for `([^`]+)`|(?:unlinked crate|undeclared crate or module|maybe a missing crate) `([^`]+)`/;

function read(output: string): Reading {
  const absent = missing
    .exec(output)
    ?.slice(1)
    .find((name) => name !== undefined);
  // What comes after follows from it as often as not.
  if (absent) return { diagnostics: [], skipped: `the crate ${absent} is not installed` };
  return {
    diagnostics: readSaid(output, said).map((one) => ({
      ...one,
      message: one.code ? `${one.message} (${one.code})` : one.message,
      severity: one.code === 'E0658' ? 'warning' : 'error', // a newer compiler may take it
    })),
  };
}
