import { type ArtifactResult, type Progress, type PtcClient, type Retry, RunFailed } from '../client.ts';
import { CommandError, exit, reason } from './exit.ts';
import { ptc as command, count, dollars, print, printJson, say } from './print.ts';
import { writeArtifacts } from './write-artifacts.ts';

export interface FollowOptions {
  /** Where the files go; null writes none. */
  out: string | null;
  force: boolean;
  json: boolean;
}

/** Follows a run as {@link followRun} does; Ctrl-C leaves the run going. */
export async function followUntilInterrupted(ptc: PtcClient, id: string, options: FollowOptions): Promise<number> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  try {
    return await followRun(ptc, id, options, interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    say(`\nThe run goes on. Follow it: ${command} follow ${id}   End it: ${command} cancel ${id}`);
    // At once: Temporal's client may ask again after its connection is closed, and that would end in a stack trace.
    return process.exit(exit.interrupted);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

/** Shows a run until its end, writes its files, and returns the exit status. Throws when the signal aborts. */
export async function followRun(
  ptc: PtcClient,
  id: string,
  { out, force, json }: FollowOptions,
  signal: AbortSignal,
): Promise<number> {
  try {
    const result = await ptc.follow(id, progressPrinter(), { signal, onSilence: sayWaiting, onRetry: sayRetry });
    if (json) printJson(result);
    else printResult(result);
    if (out !== null) await deliver(result, id, { out, force, json });
    return result.status === 'SUCCESS' || result.status === 'CACHE_HIT' ? exit.success : exit.failed;
  } catch (error) {
    if (!(error instanceof RunFailed)) throw error;
    if (json) printJson({ error: { type: error.type, message: error.message } });
    say(`The run ended without a result: ${error.type}: ${error.message}`);
    return error.type === 'InvalidPlan' ? exit.badInput : exit.failed;
  }
}

const sayWaiting = () =>
  say(`     ...  no answer for 15 s; if no worker runs, the run waits for one: ${command} dev, or npm run worker`);

const sayRetry = ({ stage, attempt, failure }: Retry) =>
  say(`     ...  ${stage} failed (attempt ${attempt}) and is tried again: ${failure}`);

async function deliver(
  { artifacts }: ArtifactResult,
  id: string,
  { out, force, json }: FollowOptions & { out: string },
): Promise<void> {
  try {
    const written = await writeArtifacts(artifacts, out, { force });
    (json ? say : print)(
      `  ${count(written.length, 'file')} in ${out}${written.length > 0 ? `: ${written.join(', ')}` : ''}`,
    );
  } catch (error) {
    const status = error instanceof CommandError ? error.status : exit.failed;
    const elsewhere = `The run keeps its files: ${command} fetch ${id} --out DIR`;
    throw new CommandError(status, `${out} was not written: ${reason(error)}\n${elsewhere}`);
  }
}

/** A line for each stage that ended, and one for each long stage that begins. */
function progressPrinter(): (progress: Progress) => void {
  let told = 0;
  let underWay = '';
  return (progress) => {
    for (const chapter of progress.story.slice(told)) say(chapterLine(chapter));
    told = progress.story.length;
    const now = `${progress.stage} ${progress.round}`;
    if (now !== underWay && takesLong.has(progress.stage)) say(underWayLine(progress));
    underWay = now;
  };
}

const takesLong = new Set<Progress['stage']>(['callModel', 'runTests']);

function chapterLine({ round, stage, found, atMs }: Progress['story'][number]): string {
  const inRound = round > 0 ? `round ${round}` : '';
  return `${(atMs / 1000).toFixed(1).padStart(6)} s  ${inRound.padEnd(7)}  ${stage.padEnd(17)} ${found}`;
}

function underWayLine({ stage, round, max_iterations, model, tokens, cost_usd }: Progress): string {
  const spent = `${count(tokens, 'token')}, ${dollars(cost_usd)} so far`;
  const what = stage === 'callModel' ? `asking ${model ?? 'the model'}` : 'running the tests';
  return `     ...  round ${round} of ${max_iterations ?? '?'}: ${what} (${spent})`;
}

function printResult({ summary, error_message, warnings, llm_usage, duration_seconds }: ArtifactResult): void {
  print(`${summary} · ${duration_seconds.toFixed(1)} s`);
  if (error_message) print(`  ${error_message}`);
  for (const warning of warnings) print(`  warning: ${warning}`);
  for (const { provider, model, total_tokens, api_calls, cost_usd } of llm_usage) {
    print(`  ${provider} ${model}: ${count(api_calls, 'call')}, ${count(total_tokens, 'token')}, ${dollars(cost_usd)}`);
  }
}
