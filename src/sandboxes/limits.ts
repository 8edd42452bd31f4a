const KiB = 1024;
const MiB = 1024 * KiB;

/** What one command may use before the sandbox stops or refuses it. */
export interface Limits {
  /** All processes together, what they put into `/tmp` and the project included. */
  memoryBytes: number;
  /** The project's folder, and `/tmp` and `/dev/shm` each once more: all three live in memory. */
  diskBytes: number;
  /** The largest single file; also what a report can cost the host's disk. */
  fileBytes: number;
  /** Processes and threads at once. A Node process has about eleven. */
  processes: number;
  openFiles: number;
  /** Of each process. */
  cpuSeconds: number;
  /** stdout and stderr together, before the command is stopped. */
  outputBytes: number;
  /** What is kept of each of the two. */
  keptBytes: number;
  reportBytes: number;
}

export const defaultLimits: Limits = {
  memoryBytes: 512 * MiB,
  diskBytes: 64 * MiB,
  fileBytes: 32 * MiB,
  processes: 128,
  openFiles: 1024,
  cpuSeconds: 120,
  outputBytes: 4 * MiB,
  keptBytes: 32 * KiB,
  reportBytes: 4 * MiB,
};
