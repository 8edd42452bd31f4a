/**
 * A reporter for `node --test`: each result as it happens, one JSON object a line. Every test file runs in a process
 * of its own, which sends its events here with an `entryFile`; an event without one is about a file as a whole.
 */
import { inspect } from 'node:util';

const messageCharacters = 6000;
/** A report of limited size: of very many failures the last ones are told in a line. */
const detailedFailures = 30;
const lineCharacters = 200;

// biome-ignore lint/style/noDefaultExport: Node takes a reporter by its default export.
export default async function* report(events) {
  const printed = new Map();
  const counts = { tests: 0, failures: 0 };
  for await (const { type, data = {} } of events) {
    if (type === 'test:stderr')
      printed.set(data.file, `${printed.get(data.file) ?? ''}${data.message}`.slice(-messageCharacters));
    const event = data.entryFile === undefined ? fileEvent(type, data, printed) : testEvent(type, data, counts);
    if (event !== undefined) yield `${JSON.stringify(event)}\n`;
  }
  yield `${JSON.stringify({ event: 'end', tests: counts.tests })}\n`;
}

/**
 * A file's own failure says nothing but that its process ended badly; what it printed says why. While a test keeps its
 * process busy, that process sends nothing: then the file is all that is known.
 */
function fileEvent(type, { name, file, details }, printed) {
  const about = { name: relative(name) ?? name, file: relative(file), line: null };
  if (type === 'test:dequeue') return { event: 'running', ...about };
  if (type === 'test:complete') return { event: 'ended', ...about };
  if (type !== 'test:fail') return undefined;
  const output = [...printed].find(([path]) => relative(path) === about.file)?.[1] ?? '';
  return { event: 'crash', file: about.file, exitCode: details.error?.exitCode ?? null, output };
}

function testEvent(type, data, counts) {
  switch (type) {
    case 'test:dequeue':
      return { event: 'running', ...namesOf(data) };
    case 'test:summary':
      return { event: 'file', file: relative(data.file), tests: data.counts.tests, skipped: false };
    case 'test:pass':
    case 'test:fail':
      return data.details.type === 'suite' ? suiteEvent(data) : resultEvent(type, data, counts);
  }
}

/** A group of tests is no test; but what fails in its hooks is told nowhere else. */
function suiteEvent({ file, details }) {
  const [failure] = failuresOf(details.error);
  return failure && { event: 'error', file: relative(file), failure };
}

function resultEvent(type, data, counts) {
  const failures = failuresOf(data.details.error);
  counts.tests += 1;
  counts.failures += failures.length;
  return {
    event: 'test',
    ...namesOf(data),
    outcome: outcomeOf(type, data),
    durationMs: data.details.duration_ms ?? 0,
    failures: counts.failures > detailedFailures ? failures.map(inALine) : failures,
    output: '',
  };
}

function outcomeOf(type, { skip, todo }) {
  if (skip !== undefined || todo !== undefined) return 'skipped';
  return type === 'test:pass' ? 'passed' : 'failed';
}

const namesOf = ({ name, classname, file, line }) => ({
  name: classname === undefined ? name : `${classname} > ${name}`,
  file: relative(file),
  line: line ?? null,
});

const inALine = (failure) => ({ ...failure, message: failure.message.slice(0, lineCharacters), frames: [] });

/** Null for what lies outside the project. */
function relative(path) {
  if (path === undefined) return null;
  return path.startsWith('/project/')
    ? path.slice('/project/'.length)
    : path.startsWith('/')
      ? null
      : path.replace(/^\.\//, '');
}

/** None for a parent that failed since its subtests did: they say it better. */
function failuresOf(error) {
  if (error === undefined || error.failureType === 'subtestsFailed') return [];
  const thrown = error.cause ?? error.message;
  const cause =
    thrown instanceof Error
      ? thrown
      : { name: 'Error', message: typeof thrown === 'string' ? thrown : inspect(thrown) };
  return [
    {
      type: cause.name,
      phase: error.failureType === 'hookFailed' ? 'hook' : 'call',
      message: `${cause.message}${values(cause)}`.slice(0, messageCharacters),
      module: null,
      frames: framesOf(cause.stack ?? ''),
    },
  ];
}

/** Only a message of the test's own hides the values: the assertion's own message has them. */
function values(cause) {
  if (cause.code !== 'ERR_ASSERTION' || cause.generatedMessage) return '';
  return `\nactual: ${inspect(cause.actual)}\nexpected: ${inspect(cause.expected)}`;
}

/** The project's own, outermost first. */
function framesOf(stack) {
  const found = [...stack.matchAll(/^\s+at (?:(.*) \()?(?:file:\/\/)?\/project\/(.+):(\d+):\d+\)?$/gm)]
    .slice(0, 10)
    .reverse();
  return found.map(([, name = '', file, line]) => ({
    file,
    line: Number(line),
    function: name.includes('<anonymous>') ? '' : name,
  }));
}
