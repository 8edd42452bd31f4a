import { Command, CommanderError } from 'commander';
import { RunUnknown, WorkerAway } from '../client.ts';
import { ConfigError } from '../config.ts';
import { ServerUnreachable } from '../temporal/connection.ts';
import { cancelCommand } from './cancel.ts';
import { checkCommand } from './check.ts';
import { devCommand } from './dev.ts';
import { doctorCommand } from './doctor.ts';
import { CommandError, exit } from './exit.ts';
import { fetchCommand } from './fetch.ts';
import { followCommand } from './follow.ts';
import { listCommand } from './list.ts';
import { parseCommand } from './parse.ts';
import { outliveReaders, ptc, say } from './print.ts';
import { runCommand } from './run.ts';
import { testCommand } from './test.ts';

/** Every subcommand sets `process.exitCode`; what it throws is told here. */
const program = new Command('ptc')
  .description('Turns an execution plan into tested files, durably.')
  .addHelpText(
    'after',
    '\nExit status: 0 success, 1 failed or partial, 2 bad input, 3 something out of reach, 130 interrupted.',
  )
  .exitOverride()
  .showHelpAfterError('(ptc --help tells more)');

for (const command of [
  runCommand,
  followCommand,
  cancelCommand,
  listCommand,
  fetchCommand,
  parseCommand,
  checkCommand,
  testCommand,
  doctorCommand,
  devCommand,
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

const remedies = [
  { of: ConfigError, status: exit.badInput, text: '' },
  { of: RunUnknown, status: exit.badInput, text: `; the runs there are: ${ptc} list` },
  { of: WorkerAway, status: exit.unreachable, text: '; start one: npm run worker' },
  { of: ServerUnreachable, status: exit.unreachable, text: '' },
];

outliveReaders();
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tell(error);
}

function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.success : exit.badInput;
  const remedy = remedies.find(({ of }) => error instanceof of);
  say(`${error instanceof Error ? error.message : String(error)}${remedy?.text ?? ''}`);
  return error instanceof CommandError ? error.status : (remedy?.status ?? exit.failed);
}
