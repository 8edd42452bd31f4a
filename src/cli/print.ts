/** The command as this person types it. */
export const ptc = process.env['npm_lifecycle_event'] ? 'npm run ptc --' : 'ptc';

/** What was asked for, on standard output. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** Progress and problems, on standard error, so that `--json` stays JSON. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Where nobody reads any more, as behind `| head`, what is printed is dropped: the work itself comes to its end. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

export const dollars = (cost: number | null): string => (cost === null ? 'cost unknown' : `$${cost.toFixed(4)}`);

export const count = (number: number, noun: string): string =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
