import type { ProjectFile } from '../../schemas/artifact.ts';
import { pythonTokens, type Token } from '../ruff.ts';

/** What one Python file imports and what others can import from it, over-estimated where code decides at run time. */
export interface PythonModule {
  imports: PythonImport[];
  /** Every word that a statement of the module itself, outside of functions and classes, may bind. */
  names: Set<string>;
  /** It makes names as it runs, so that any name may be there. */
  dynamic: boolean;
}

export interface PythonImport {
  /** Leading dots of `from ..a import b`; 0 is absolute. */
  level: number;
  /** `['a', 'b']` of `a.b`; empty for `from . import b`. */
  module: string[];
  /** `*` is one; null for a plain `import a.b`. */
  names: string[] | null;
  offset: number;
  /** Under `if` or `try`, where a missing module may be meant. */
  guarded: boolean;
}

const scopes = new Set(['Def', 'Class']);
const conditions = new Set(['If', 'Elif', 'Else', 'Try', 'Except', 'Finally']);
const blocks = new Set([...scopes, ...conditions, 'For', 'While', 'With', 'Match', 'Case']);
const runtimeNames = new Set([
  '__getattr__',
  'globals',
  'locals',
  'vars',
  'exec',
  'modules',
  'global_enum',
  '_convert_',
]);
const word = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Null where the file overflows the tokenizer. Comments and strings are no words here: it reads tokens, not text. */
export function readPythonModule({ content }: ProjectFile): PythonModule | null {
  const tokens = pythonTokens(content);
  if (tokens === null) return null;
  const module: PythonModule = {
    imports: [],
    names: new Set(),
    dynamic: tokens.some(({ text }) => runtimeNames.has(text)),
  };
  for (const { statement, around } of statements(tokens)) readStatement(statement, around, module);
  return module;
}

interface Statement {
  statement: Token[];
  /** Kinds of the blocks around it, the outermost first. */
  around: string[];
}

function* statements(tokens: readonly Token[]): Generator<Statement> {
  const around: string[] = [];
  let opener = '';
  let statement: Token[] = [];
  for (const token of tokens.filter(({ kind }) => kind !== 'NonLogicalNewline' && kind !== 'Comment')) {
    if (token.kind === 'Indent') around.push(opener);
    else if (token.kind === 'Dedent') around.pop();
    else if (token.kind !== 'Newline' && token.kind !== 'Semi') statement.push(token);
    else {
      yield { statement, around };
      if (token.kind === 'Newline') opener = kindOf(statement);
      statement = [];
    }
  }
}

const kindOf = ([first, second]: readonly Token[]): string =>
  (first?.kind === 'Async' ? second?.kind : first?.kind) ?? '';

function readStatement(statement: Token[], around: readonly string[], module: PythonModule): void {
  const kind = kindOf(statement);
  const inner = blocks.has(kind) ? suiteOf(statement) : [];
  if (inner.length > 0) readStatement(inner, [...around, kind], module);
  const atTop = !around.some((block) => scopes.has(block));
  const read = importsOf(statement);
  for (const found of read) module.imports.push({ ...found, guarded: around.some((block) => conditions.has(block)) });
  for (const name of boundBy(statement, kind, read.length > 0)) {
    if (atTop || kind === 'Global') module.names.add(name);
  }
}

/** `import x` of `try: import x`. */
function suiteOf(statement: Token[]): Token[] {
  const start = statement.findIndex(
    ({ kind }, index) => /^(?:Import|From)$/.test(kind) && statement[index - 1]?.kind === 'Colon',
  );
  return start < 0 ? [] : statement.slice(start);
}

/** More than it binds: whatever may be a target. A function or class binds its name alone. */
function boundBy(statement: readonly Token[], kind: string, isImport: boolean): string[] {
  if (scopes.has(kind)) return [statement[statement.findIndex((token) => token.kind === kind) + 1]?.text ?? ''];
  if (isImport) return clauses(afterImport(statement)).flatMap((clause) => bindingOf(clause));
  return statement
    .filter(({ text }, index) => word.test(text) && statement[index - 1]?.kind !== 'Dot')
    .map(({ text }) => text);
}

/** `a` of `import a.b`, `c` of `import a.b as c`. */
const bindingOf = (clause: readonly Token[]): string[] => {
  const alias = clause.findIndex(({ kind }) => kind === 'As');
  return [clause[alias + 1]?.text ?? ''];
};

function importsOf(statement: readonly Token[]): Omit<PythonImport, 'guarded'>[] {
  const [first] = statement;
  if (first?.kind === 'Import') {
    return clauses(afterImport(statement)).map((clause) => ({
      level: 0,
      module: dotted(clause),
      names: null,
      offset: clause[0]?.offset ?? first.offset,
    }));
  }
  if (first?.kind !== 'From') return [];
  const origin = statement.slice(
    1,
    statement.findIndex(({ kind }) => kind === 'Import'),
  );
  const names = clauses(afterImport(statement)).map(([name]) => name?.text ?? '');
  const dots = origin.slice(0, origin.findIndex(({ text }) => word.test(text)) >>> 0);
  return [{ level: dots.map(({ text }) => text).join('').length, module: dotted(origin), names, offset: first.offset }];
}

const afterImport = (statement: readonly Token[]): Token[] =>
  statement
    .slice(statement.findIndex(({ kind }) => kind === 'Import') + 1)
    .filter(({ kind }) => !/^[LR]par$/.test(kind));

/** `a.b` of `a.b as c`. */
function dotted(clause: readonly Token[]): string[] {
  const end = clause.findIndex(({ kind }) => kind === 'As');
  return (end < 0 ? clause : clause.slice(0, end)).map(({ text }) => text).filter((text) => word.test(text));
}

function clauses(tokens: readonly Token[]): Token[][] {
  const all: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'Comma') all.push([]);
    else all.at(-1)?.push(token);
  }
  return all.filter(({ length }) => length > 0);
}
