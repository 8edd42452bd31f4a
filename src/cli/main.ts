import { Command, CommanderError } from 'commander';
import { CommandError, exit } from './exit.ts';
import { outliveReaders, ptc, say } from './print.ts';

/** Loaded when they are asked for: Temporal's libraries take a second, and `ptc parse` needs none of them. */
const subcommands: Record<string, () => Promise<Command>> = {
  run: async () => (await import('./run.ts')).runCommand,
  follow: async () => (await import('./follow.ts')).followCommand,
  cancel: async () => (await import('./cancel.ts')).cancelCommand,
  list: async () => (await import('./list.ts')).listCommand,
  fetch: async () => (await import('./fetch.ts')).fetchCommand,
  parse: async () => (await import('./parse.ts')).parseCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  test: async () => (await import('./test.ts')).testCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  dev: async () => (await import('./dev.ts')).devCommand,
};

/** What the parts throw, by its name: the status, and what a person can do. */
const remedies: Record<string, { status: number; text: string }> = {
  ConfigError: { status: exit.badInput, text: '' },
  RunUnknown: { status: exit.badInput, text: `; the runs there are: ${ptc} list` },
  WorkerAway: { status: exit.unreachable, text: '; start one: npm run worker' },
  ServerUnreachable: { status: exit.unreachable, text: `\nRuns go on when it is back; ${ptc} doctor tells more` },
};

/** Every subcommand sets `process.exitCode`; what it throws is told here. */
async function main([asked = '']: string[]): Promise<void> {
  const program = new Command('ptc')
    .description('Turns an execution plan into tested files, durably.')
    .addHelpText(
      'after',
      '\nExit status: 0 success, 1 failed or partial, 2 bad input, 3 something out of reach, 130 interrupted.',
    )
    .exitOverride()
    .showHelpAfterError('(ptc --help tells more)');
  for (const name of Object.hasOwn(subcommands, asked) ? [asked] : Object.keys(subcommands)) {
    const command = await subcommands[name]?.();
    if (command) program.addCommand(command.copyInheritedSettings(program));
  }
  await program.parseAsync();
}

function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.success : exit.badInput;
  if (error instanceof CommandError) return fail(error.message, error.status);
  if (!(error instanceof Error)) return fail(String(error), exit.failed);
  const { status = exit.failed, text = '' } = remedies[error.name] ?? {};
  return fail(error.message + text, status);
}

function fail(message: string, status: number): number {
  say(message);
  return status;
}

outliveReaders();
await main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = tell(error);
});
