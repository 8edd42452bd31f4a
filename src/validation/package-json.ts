import { z } from 'zod';
import type { ProjectFile } from '../schemas/artifact.ts';

const Names = z.record(z.string(), z.unknown()).catch({});

/** What the checks read of a package.json; whatever else it holds, or holds wrongly, counts as absent. */
const PackageJson = z
  .object({
    name: z.string().catch(''),
    scripts: Names,
    imports: Names,
    dependencies: Names,
    devDependencies: Names,
    peerDependencies: Names,
    optionalDependencies: Names,
  })
  .partial()
  .catch({});
type PackageJson = z.infer<typeof PackageJson>;

export const isPackageJson = ({ path }: ProjectFile): boolean => /(?:^|\/)package\.json$/i.test(path);

export function readPackageJson({ content }: ProjectFile): PackageJson {
  try {
    return PackageJson.parse(JSON.parse(content));
  } catch {
    return {}; // not JSON: the syntax check says so
  }
}
