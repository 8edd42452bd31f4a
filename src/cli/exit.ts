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
