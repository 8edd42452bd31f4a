import { type ArtifactResult, type Progress, type PtcClient, RunFailed } from '../client.ts';
import { exit } from './exit.ts';
import { count, dollars, print, printJson, say } from './print.ts';
import { writeArtifacts } from './write-artifacts.ts';

export interface FollowOptions {
  /** Where the files go; null writes none. */
  out: string | null;
  force: boolean;
  json: boolean;
}

/** Shows a run until its end, writes its files, and returns the exit status. Ctrl-C leaves the run going. */
export async function followRun(ptc: PtcClient, id: string, { out, force, json }: FollowOptions): Promise<number> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort(new Interrupted());
  process.once('SIGINT', onInterrupt);
  try {
    const result = await ptc.follow(id, progressPrinter(), interrupt.signal);
    const written = out === null ? [] : await writeArtifacts(result.artifacts, out, { force });
    if (json) printJson(result);
    else printResult(result, out, written);
    return result.status === 'SUCCESS' || result.status === 'CACHE_HIT' ? exit.success : exit.failed;
  } catch (error) {
    return explain(error, id);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

class Interrupted extends Error {}

function explain(error: unknown, id: string): number {
  if (error instanceof Interrupted) {
    say(`\nThe run goes on. Follow it: ptc follow ${id}   End it: ptc cancel ${id}`);
    return exit.interrupted;
  }
  if (!(error instanceof RunFailed)) throw error;
  say(`The run ended without a result: ${error.type}: ${error.message}`);
  return error.type === 'InvalidPlan' ? exit.badInput : exit.failed;
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
  return `       …  round ${round} of ${max_iterations ?? '?'}: ${what} (${spent})`;
}

function printResult(result: ArtifactResult, out: string | null, written: string[]): void {
  print(result.summary);
  if (result.error_message) print(`  ${result.error_message}`);
  for (const warning of result.warnings) print(`  warning: ${warning}`);
  for (const { provider, model, total_tokens, api_calls, cost_usd } of result.llm_usage) {
    print(`  ${provider} ${model}: ${count(api_calls, 'call')}, ${count(total_tokens, 'token')}, ${dollars(cost_usd)}`);
  }
  if (out !== null) print(`  ${count(written.length, 'file')} in ${out}: ${written.join(', ')}`);
}
