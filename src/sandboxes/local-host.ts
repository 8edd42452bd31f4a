import { existsSync } from 'node:fs';
import { type CgroupParent, cgroupParents, sweepCgroups } from './cgroups.ts';
import { requireLinux } from './failures.ts';
import { SandboxError } from './sandbox.ts';
import { openStaging, placeFiles, type Staging } from './staging.ts';

/** What this machine has for sandboxes. */
export interface Host {
  staging: Staging;
  bubblewrap: string;
  etc: string;
  /** The uid that a root worker drops to; null when the worker is nobody special itself. */
  uid: number | null;
  /** Null where no cgroup can be made: then memory is watched. */
  cgroup: CgroupParent | null;
}

/** Where generated code would run as the host's own root, no mount could keep /etc/shadow from it. */
const sandboxUid = 61_000;

/**
 * Sweeps what killed workers left and looks for what a sandbox needs: once for each way to bound memory, the best first.
 * @throws {SandboxError} naming what is missing, and the remedy.
 */
export async function* hosts(stagingRoot: string | undefined): AsyncGenerator<Host> {
  requireLinux();
  const uid = process.geteuid?.() === 0 ? sandboxUid : null;
  const bubblewrap = program(['/usr/bin/bwrap', '/usr/local/bin/bwrap'], 'bubblewrap');
  program(['/usr/bin/prlimit'], 'util-linux');
  if (uid !== null) program([setpriv], 'util-linux');
  const staging = await openStaging(stagingRoot);
  const etc = await staging.once(`etc-${uid ?? process.geteuid?.()}`, writeEtc);
  for (const cgroup of await cgroupParents()) {
    await sweepCgroups(cgroup);
    yield { staging, bubblewrap, etc, uid, cgroup };
  }
  yield { staging, bubblewrap, etc, uid, cgroup: null };
}

const setpriv = '/usr/bin/setpriv';

/** What starts bubblewrap: joins the cgroup while still allowed to, then leaves root behind. */
export function launcher({ uid }: Host, cgroupFolder: string | undefined): string[] {
  const join = cgroupFolder && ['/bin/sh', '-c', 'echo $$ >"$0/cgroup.procs" && exec "$@"', cgroupFolder];
  const drop = uid !== null && [
    setpriv,
    `--reuid=${uid}`,
    `--regid=${uid}`,
    '--clear-groups',
    '--inh-caps=-all',
    '--no-new-privs',
    '--',
  ];
  return [...(join || []), ...(drop || [])];
}

function program(paths: string[], debianPackage: string): string {
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) throw new SandboxError(`${paths[0]} is missing; run \`apt-get install ${debianPackage}\``);
  return found;
}

/** Without them neither `localhost` nor the own user's name can be looked up. */
async function writeEtc(folder: string): Promise<void> {
  const uid = process.geteuid?.() || sandboxUid;
  await placeFiles(folder, [
    { path: 'hosts', content: '127.0.0.1 localhost\n::1 localhost\n' },
    { path: 'passwd', content: `sandbox:x:${uid}:${uid}::/tmp:/bin/sh\n` },
  ]);
}
