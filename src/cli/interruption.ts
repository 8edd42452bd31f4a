/**
 * Aborts at Ctrl-C, SIGTERM, or when the terminal closes. Later signals change nothing from then on: what has to be
 * cleaned up comes to its end.
 */
export function untilInterrupted(): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  return interrupt.signal;
}
