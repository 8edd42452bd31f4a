import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * A process that no later one can be taken for: pid namespace, pid and start time. Folders and cgroups begin with it,
 * so that a sweep removes a killed worker's and never a live sibling's.
 */
export const identity = (): string => `${namespace()}.${process.pid}.${startTime('self')}`;

/** A name begins with its owner's identity, then a hyphen. `foreign`: a process of another container, which cannot be asked. */
export function ownerOf(name: string): 'alive' | 'dead' | 'foreign' {
  const [pidNamespace, pid, start] = (name.split('-')[0] ?? '').split('.');
  if (pidNamespace !== namespace()) return 'foreign';
  return start !== undefined && startTime(`${pid}`) === start ? 'alive' : 'dead';
}

const namespace = () => readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');

/** In clock ticks since boot; none for a process that has ended, also where its parent has not yet taken note of it. */
function startTime(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before it may hold spaces and brackets
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Ends a process and tells nothing where it has ended by itself. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself, or is somebody else's.
  }
}

/** The bubblewraps that serve a folder: they carry its name in their arguments. */
export function bubblewrapsOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && serves(name, folder))
    .map(Number);
}

function serves(pid: string, folder: string): boolean {
  try {
    const [program, ...rest] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return program?.endsWith('/bwrap') === true && rest.some((argument) => argument.startsWith(folder));
  } catch {
    return false; // it has ended meanwhile
  }
}
