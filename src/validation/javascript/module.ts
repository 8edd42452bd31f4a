/** What the checks need of one JavaScript or TypeScript file. All offsets are in UTF-16 units. */
export interface ParsedModule {
  errors: ParseError[];
  /** Null where the module's names cannot be told: CommonJS, `export =`. */
  exports: ModuleExports | null;
  imports: ModuleImport[];
}

export interface ParseError {
  message: string;
  offset: number;
  /** Other places that it speaks of, as where a bracket was opened. */
  related: { message: string; offset: number }[];
}

export interface ModuleExports {
  names: string[];
  /** Specifiers of `export * from`. */
  stars: string[];
}

export interface ModuleImport {
  specifier: string;
  offset: number;
  /** The names it takes of the other module; `default` is one. Empty for `import 'x'`, `* as x` and `require`. */
  names: { name: string; offset: number }[];
  typeOnly: boolean;
}
