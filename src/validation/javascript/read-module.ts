import {
  type EcmaScriptModule,
  type OxcError,
  type ParseResult,
  type ParserOptions,
  type Program,
  parseSync,
  Visitor,
} from 'oxc-parser';
import type { ModuleExports, ModuleImport, ParsedModule, ParseError } from './module.ts';

/** Parses one file. Runs in a process of its own: code nested deeply enough overflows the parser's native stack. */
export function readModule(path: string, content: string): ParsedModule {
  const result = parse(path, content);
  const errors = result.errors.filter(({ severity }) => severity === 'Error').map(toParseError);
  if (errors.length > 0) return { errors, exports: null, imports: [] };
  return { errors, exports: exportsOf(result), imports: [...importsOf(result.module), ...requiresOf(result.program)] };
}

const toParseError = ({ message, helpMessage, labels: [first, ...others] }: OxcError): ParseError => ({
  message: helpMessage ? `${message}. ${helpMessage}` : message,
  offset: first?.start ?? 0,
  related: others.map(({ message: words, start }) => ({ message: words ?? 'See', offset: start })),
});

/** A `.js` file may be a module or CommonJS, and hold JSX: it is wrong only where no reading takes it. */
function parse(path: string, content: string): ParseResult {
  const readings = readingsOf(path).map(
    (options) => () => parseSync(path, content, { showSemanticErrors: true, ...options }),
  );
  const [first, ...others] = readings;
  if (!first) throw new Error(`no way to read ${path}`);
  const result = first();
  if (result.errors.length === 0) return result;
  return others.map((read) => read()).find(({ errors }) => errors.length === 0) ?? result;
}

function readingsOf(path: string): ParserOptions[] {
  if (/\.[cm]?tsx?$/i.test(path)) return [{}];
  if (/\.mjs$/i.test(path)) return [{ lang: 'jsx', sourceType: 'module' }];
  return [
    { lang: 'jsx', sourceType: 'unambiguous' },
    { lang: 'jsx', sourceType: 'module' },
    { lang: 'jsx', sourceType: 'commonjs' },
  ];
}

function exportsOf({ module, program }: ParseResult): ModuleExports | null {
  const unknowable = program.body.some(({ type }) => type === 'TSExportAssignment');
  if (!module.hasModuleSyntax || unknowable) return null;
  const entries = module.staticExports.flatMap((statement) => statement.entries);
  return {
    names: entries.flatMap(({ exportName }) => (exportName.kind === 'Default' ? 'default' : (exportName.name ?? []))),
    stars: entries.flatMap(({ exportName, moduleRequest }) =>
      exportName.kind === 'None' && moduleRequest ? moduleRequest.value : [],
    ),
  };
}

function importsOf(module: EcmaScriptModule): ModuleImport[] {
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    offset: moduleRequest.start,
    names: entries.flatMap(({ importName, localName }) => {
      if (importName.kind === 'NamespaceObject') return [];
      return {
        name: importName.kind === 'Default' ? 'default' : (importName.name ?? 'default'),
        offset: localName.start,
      };
    }),
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  const passedOn = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName, isType }) => {
      if (!moduleRequest) return [];
      const names =
        importName.kind === 'Name' && importName.name ? [{ name: importName.name, offset: importName.start ?? 0 }] : [];
      return { specifier: moduleRequest.value, offset: moduleRequest.start, names, typeOnly: isType };
    }),
  );
  return [...imports, ...passedOn];
}

/** `require('x')` outside of `try`, where a missing module may be meant. */
function requiresOf(program: Program): ModuleImport[] {
  const found: ModuleImport[] = [];
  let tries = 0;
  new Visitor({
    TryStatement: () => void tries++,
    'TryStatement:exit': () => void tries--,
    CallExpression({ callee, arguments: [argument] }) {
      if (tries > 0 || callee.type !== 'Identifier' || callee.name !== 'require') return;
      if (argument?.type !== 'Literal' || typeof argument.value !== 'string') return;
      found.push({ specifier: argument.value, offset: argument.start, names: [], typeOnly: false });
    },
  }).visit(program);
  return found;
}
