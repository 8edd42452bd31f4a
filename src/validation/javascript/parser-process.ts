import { readModule } from './read-module.ts';

/** The program of the parser's process: a file in, what it holds out, until its parent goes. */
process.on('message', ({ path, content }: { path: string; content: string }) => {
  process.send?.(read(path, content));
});

function read(path: string, content: string) {
  try {
    return readModule(path, content);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
