import { lstatSync, readlinkSync } from 'node:fs';
import type { Limits } from './limits.ts';
import { reportPath, type SandboxCommand } from './sandbox.ts';

/** Everything of the host that a sandbox sees, as absolute paths, but for the system's own /usr. */
export interface View {
  project: string;
  /** The one file of the host that can be written. */
  report: string;
  support: string;
  /** Holds the `hosts` and `passwd` that name lookups need. */
  etc: string;
  /** More bubblewrap arguments, read-only mounts all. */
  toolchains: string[];
}

export type Program = Pick<SandboxCommand, 'argv' | 'env'>;

const environment = {
  PATH: '/opt/bin:/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp',
  TMPDIR: '/tmp',
  USER: 'sandbox',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  CI: '1',
};

/**
 * The arguments of bubblewrap. The root is empty but for what is listed here and is closed for writing at the end;
 * the project is copied into memory of limited size, since a limit on single files would not keep many files off the
 * host's disk.
 */
export function bubblewrapArguments(
  view: View,
  program: Program,
  limits: Limits,
  addressSpace: number | null,
): string[] {
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session'],
    ...['--cap-drop', 'ALL', '--hostname', 'sandbox', '--json-status-fd', '3'],
    ...['--clearenv', ...setenv({ ...environment, ...program.env })],
    ...[...readOnly('/usr', '/usr'), ...['bin', 'sbin', 'lib', 'lib64', 'lib32'].flatMap(topFolder)],
    ...['/etc/alternatives', '/etc/ld.so.cache'].flatMap((path) => ['--ro-bind-try', path, path]),
    ...['hosts', 'passwd'].flatMap((name) => readOnly(`${view.etc}/${name}`, `/etc/${name}`)),
    ...['--proc', '/proc', '--dev', '/dev', ...tmpfs('/dev/shm', limits), '--remount-ro', '/dev'],
    ...view.toolchains,
    ...[...readOnly(view.support, '/support'), ...readOnly(view.project, '/src')],
    ...[...tmpfs('/tmp', limits), ...tmpfs('/project', limits), '--bind', view.report, reportPath],
    ...['--chdir', '/project', '--remount-ro', '/'],
    ...['--', '/usr/bin/prlimit', ...resourceLimits(limits, addressSpace), '--'],
    ...['/bin/sh', '-c', start, 'sh', ...program.argv],
  ];
}

/** Asks the worker first, see `answer` in launch.ts. */
const start = 'echo ready >&4 && read go <&4 && exec 4>&- && cp -r /src/. /project/ && exec "$@"';

const setenv = (env: Record<string, string>) =>
  Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]);

const readOnly = (from: string, to: string) => ['--ro-bind', from, to];

const tmpfs = (path: string, { diskBytes }: Limits) => ['--size', `${diskBytes}`, '--tmpfs', path];

/** /bin and its like are links into /usr on most systems, and folders of their own on some. */
function topFolder(name: string): string[] {
  const path = `/${name}`;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : readOnly(path, path);
}

/** Set inside: there the kernel counts processes per user namespace, so that sandboxes do not eat each other's share. */
function resourceLimits(limits: Limits, addressSpace: number | null): string[] {
  const cpu = `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 2}`; // SIGXCPU first, SIGKILL for those that catch it
  const counts = [`--nproc=${limits.processes}`, `--nofile=${limits.openFiles}`, `--fsize=${limits.fileBytes}`];
  return [...counts, cpu, '--core=0', ...(addressSpace === null ? [] : [`--as=${addressSpace}`])];
}
