import { posix } from 'node:path';
import type { ProjectFile } from '../../schemas/artifact.ts';
import type { ParsedModule } from './module.ts';

export const javascriptFile = /\.[cm]?[jt]sx?$/i;

const extensions = ['.ts', '.tsx', '.d.ts', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.vue', '.svelte'];
const candidates = ['', ...extensions, ...extensions.map((extension) => `/index${extension}`)];

/** Written by a build, so not among the files. */
const built = /(?:^|\/)(?:dist|build|out|generated|__generated__|\.[^./][^/]*|\+types|node_modules|pkg|target)(?:\/|$)/;

const variant = /^(?:\.(?:native|ios|android|web|windows|macos|server|client|browser|node)\.[^/]+|\/package\.json)$/;

/** The JavaScript and TypeScript files of a project, and what an import between them means. */
export class JavaScriptProject {
  readonly #paths: ReadonlySet<string>;
  readonly #modules: ReadonlyMap<string, ParsedModule>;

  constructor(files: readonly ProjectFile[], modules: ReadonlyMap<string, ParsedModule>) {
    this.#paths = new Set(files.map(({ path }) => path));
    this.#modules = modules;
  }

  /** The file that a relative specifier means, by Node's rules or a bundler's; null for none, undefined where none can be told. */
  resolve(specifier: string, importer: string): string | null | undefined {
    const target = posix
      .normalize(posix.join(posix.dirname(importer), specifier.replace(/[?#].*$/, '')))
      .replace(/\/$/, '');
    if (target.startsWith('..') || built.test(target)) return undefined;
    const base = target === '.' ? '' : target;
    const paths = [base, withoutExtension(base)].flatMap((path) =>
      candidates.map((end) => (path + end).replace(/^\//, '')),
    );
    const found = paths.find((path) => this.#paths.has(path));
    return found ?? (this.#holdsVariant(base) ? undefined : null);
  }

  /** Whether a file exports a name; true where that cannot be told. */
  exports(path: string, name: string, seen: ReadonlySet<string> = new Set()): boolean {
    const exported = this.#modules.get(path)?.exports;
    if (!exported || exported.names.includes(name) || this.#hasDeclarations(path)) return true;
    return exported.stars.some((star) => {
      const target = star.startsWith('.') ? this.resolve(star, path) : undefined;
      if (!target) return true;
      return !seen.has(target) && name !== 'default' && this.exports(target, name, new Set([...seen, path]));
    });
  }

  /** A file that exports the name, for a hint. */
  exporter(name: string, importer: string): string | null {
    const named = [...this.#modules].find(([path, { exports }]) => path !== importer && exports?.names.includes(name));
    return name === 'default' ? null : (named?.[0] ?? null);
  }

  /** Declarations export everything in them, and stand for the JavaScript next to them. */
  #hasDeclarations(path: string): boolean {
    const declarations = path.replace(/\.([cm]?)jsx?$/, '.d.$1ts');
    return /\.d\.[cm]?ts$/.test(declarations) && this.#paths.has(declarations);
  }

  /** `button.ios.tsx` for `./button`, or a folder with a package.json of its own. */
  #holdsVariant(base: string): boolean {
    return [...this.#paths].some(
      (path) => path.startsWith(base) && variant.test(base === '' ? `/${path}` : path.slice(base.length)),
    );
  }
}

/** TypeScript and bundlers read `a.ts` where `a.js` is asked for. */
const withoutExtension = (path: string): string => path.replace(/\.[cm]?jsx?$/, '');
