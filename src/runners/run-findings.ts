import type { Limit } from '../sandboxes/sandbox.ts';
import { type Finding, finding } from '../schemas/finding.ts';
import { cleanText } from './clean-text.ts';
import { excerpt } from './excerpt.ts';
import type { Failure, Running } from './report.ts';
import type { TestRun } from './verdict.ts';

const shownFiles = 10;
const excerptCharacters = 1500;

const limits: Record<Limit, { code: string; says: (seconds: number) => string }> = {
  time: { code: 'tests-timed-out', says: (seconds) => `the tests did not end within ${seconds} s and were stopped` },
  cpu: { code: 'tests-timed-out', says: () => 'the tests used up their CPU time and were stopped' },
  memory: { code: 'memory-limit', says: () => 'the tests needed more memory than the sandbox has and were stopped' },
  output: { code: 'output-limit', says: () => 'the tests printed more than the sandbox allows and were stopped' },
};

/** The limit that ended the run, at the test that was running. */
export function limitFindings({ result, report, files }: TestRun): Finding[] {
  if (result.limit === null) return [];
  const { code, says } = limits[result.limit];
  const running = report.running.at(-1);
  const message = `${says(Math.round(result.durationMs / 1000))}${during(running)}`;
  const frames = hangingFrames(cleanText(result.stderr));
  const { file, line } = frames.at(-1) ?? running ?? { file: null, line: null };
  const printed = tail(result.limit === 'output' ? result.stdout || result.stderr : result.stderr);
  return [finding('testing', code, message, { file, line, excerpt: excerpt(frames, files, 2) ?? printed })];
}

/** Where Python says that a test has stood for long, outermost first; of other languages nothing is known. */
function hangingFrames(stderr: string): Failure['frames'] {
  const dump = stderr.slice(stderr.lastIndexOf('Timeout ('));
  const found = [...dump.matchAll(/^ {2}File "([^"/\n][^"\n]*)", line (\d+) in (.*)$/gm)];
  return found
    .slice(0, 6)
    .reverse()
    .map(([, file = '', line, name = '']) => ({ file, line: Number(line), function: name }));
}

const during = (running: Running | undefined) => (running === undefined ? '' : `, during "${running.name}"`);

/** Test files that ran nothing. A file that skips itself is no mistake unless all do. */
export function silentFindings({ asked, report }: TestRun): Finding[] {
  if (report.tests.length > 0 && report.tests.every(({ outcome }) => outcome === 'skipped')) {
    return [finding('testing', 'no-tests', 'every test is skipped, so that nothing was tested')];
  }
  const silent = asked.filter((path) => !report.files.has(path));
  const says = (path: string) =>
    `no test of ${path} ran: it declares none that the runner recognizes, or ends the process before they are done`;
  return silent.slice(0, shownFiles).map((path) => finding('testing', 'no-tests', says(path), { file: path }));
}

/** For a run that is no pass although nothing says why: the process was ended, or the report was tampered with. */
export function unexplained({ result, report }: TestRun): Finding {
  const { exitCode, stdout, stderr } = result;
  const running = report.running.at(-1);
  const reported = `${report.tests.length} reported test${report.tests.length === 1 ? '' : 's'}`;
  const message = report.complete
    ? `the test run exited with ${exitCode} although its report names no failure (${reported})`
    : `the test run ended early${during(running)}, with exit code ${exitCode} and ${reported}: something ends or crashes ` +
      'the process (os._exit, sys.exit, process.exit) or writes over the report';
  const place = { file: running?.file ?? null, line: running?.line ?? null, excerpt: tail(stderr) ?? tail(stdout) };
  return finding('testing', 'incomplete-report', message, place);
}

function tail(output: string): string | null {
  const text = cleanText(output).trim();
  return text === '' ? null : text.slice(-excerptCharacters);
}
