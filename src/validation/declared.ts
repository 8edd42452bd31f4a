import type { Project } from './validation.ts';

const manifest =
  /(?:^|\/)(?:[^/]*requirements[^/]*\.(?:txt|in)|requirements\/[^/]+\.txt|constraints\.txt|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|poetry\.toml|environment\.ya?ml|package\.json|deno\.jsonc?|import_?map\.json)$/i;

/**
 * Every word of the plan's dependencies and of the manifests. More than what is declared, so that nothing declared is
 * missed however it is written.
 */
export function declaredWords({ files, plan }: Project): Set<string> {
  const texts = [
    ...(plan?.scaffolding.dependencies ?? []),
    ...files.filter(({ path }) => manifest.test(path)).map(({ content }) => content),
  ];
  return new Set(
    texts.flatMap((text) => text.match(/@?[A-Za-z0-9][\w./-]*/g) ?? []).map((word) => word.replace(/[./-]+$/, '')),
  );
}
