import { readdirSync, readFileSync } from 'node:fs';

/**
 * The memory of a process and all below it, for where no cgroup bounds it. Anonymous pages only: those of a program
 * file are shared and would be counted once for each process. What lies in /tmp or the project is not in it.
 */
export function usedMemory(pid: number | string): number {
  try {
    const own = Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' '),
    );
    return children.filter((child) => child.trim() !== '').reduce((sum, child) => sum + usedMemory(child), own);
  } catch {
    return 0; // it has ended meanwhile
  }
}
