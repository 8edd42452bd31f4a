#!/usr/bin/env node
// The command `ptc`. Plain JavaScript for Node 18 and newer, since a Node below 24 cannot load the rest.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const main = new URL('../src/cli/main.ts', import.meta.url);
const ownNode = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;
if (isNewEnough) await import(main.href);
else if (existsSync(ownNode)) relay(ownNode);
else refuse();

/** Runs the command under another Node, with this one's terminal, signals and exit status. */
function relay(node) {
  // In a group of its own: Ctrl-C reaches a whole group, and the command would get it twice, from here once more.
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit', detached: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function refuse() {
  process.stderr.write(
    `ptc needs Node 24 or newer, and this is ${process.versions.node}; run \`npm ci\` in its folder, which brings one\n`,
  );
  process.exitCode = 3;
}
