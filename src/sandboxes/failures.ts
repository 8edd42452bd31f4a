import { SandboxError } from './sandbox.ts';

/** @throws {SandboxError} on any other system. */
export function requireLinux(): void {
  if (process.platform === 'linux') return;
  throw new SandboxError(
    `the local sandbox needs Linux, not ${process.platform}; use WSL2, Docker or the Daytona sandbox`,
  );
}

/** What the system refuses, as a full disk or too many processes, is the sandbox's failure and no bug of ours. */
export function asSandboxError(error: unknown): unknown {
  const refused = error instanceof Error && 'syscall' in error;
  return refused
    ? new SandboxError(`${error.message}; make room on this machine, or look into the staging folder`)
    : error;
}

/** What bubblewrap and what starts it say, and what helps. The last line fits all. */
const remedies: [said: RegExp, remedy: string][] = [
  [/Unknown option/i, 'install bubblewrap 0.8 or newer'],
  [/Can't find source path/, 'choose a staging folder that every uid can reach'],
  [
    /namespace|uid map|Operation not permitted/i,
    'allow unprivileged user namespaces: `sysctl kernel.unprivileged_userns_clone=1`, on Ubuntu also ' +
      '`sysctl kernel.apparmor_restrict_unprivileged_userns=0`; in a container, a seccomp profile that allows them',
  ],
  [/.*/s, 'try `bwrap --unshare-all --ro-bind / / true` on this machine'],
];

export function notStarted(stderr: string, exitCode: number): SandboxError {
  const why = stderr.trim() || `exit code ${exitCode}`;
  return new SandboxError(`bubblewrap did not start: ${why}; ${remedies.find(([said]) => said.test(stderr))?.[1]}`);
}
