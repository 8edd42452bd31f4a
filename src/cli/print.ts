/** What was asked for, on standard output. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** Progress and problems, on standard error, so that `--json` stays JSON. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export const dollars = (cost: number | null): string => (cost === null ? 'cost unknown' : `$${cost.toFixed(4)}`);

export const count = (number: number, noun: string): string =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
