/** What the command's status says: it worked; it failed or is partial; the input is bad; something is out of reach. */
export const exit = { success: 0, failed: 1, badInput: 2, unreachable: 3, interrupted: 130 } as const;

/** An ending with a message for the person and a status for the shell. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const badInput = (message: string): CommandError => new CommandError(exit.badInput, message);
export const unreachable = (message: string): CommandError => new CommandError(exit.unreachable, message);

const words: Record<string, string> = {
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a file stands where a folder is needed',
  EEXIST: 'a file stands where a folder is needed',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'it is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

/** What the system says of a file or folder, in words. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ('code' in error && words[String(error.code)]) || error.message;
}
