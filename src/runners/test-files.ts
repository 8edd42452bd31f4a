import type { ProjectFile } from '../schemas/artifact.ts';

/**
 * The test files that a runner is to load: those with names it knows, or all it could load where none has such a name.
 * So a helper beside well-named tests is not taken for a test without tests.
 */
export function testFiles(files: ProjectFile[], loadable: RegExp, named: RegExp): string[] {
  const tests = files.filter(({ path, type }) => type === 'test' && loadable.test(path)).map(({ path }) => path);
  const wellNamed = tests.filter((path) => named.test(path));
  return (wellNamed.length > 0 ? wellNamed : tests).toSorted();
}
