import { type LocalOptions, localSandbox } from './local.ts';
import type { SandboxProvider } from './sandbox.ts';

export { stageToolchains } from './toolchains.ts';

interface SandboxOptions {
  local: LocalOptions;
}

const sandboxes: { [Name in keyof SandboxOptions]: (options: SandboxOptions[Name]) => SandboxProvider } = {
  local: localSandbox,
};

export type SandboxName = keyof SandboxOptions;

/** @throws for a name that is not on the list. */
export function createSandbox<Name extends SandboxName>(name: Name, options: SandboxOptions[Name]): SandboxProvider {
  const create = sandboxes[name];
  if (create === undefined) throw new Error(`unknown sandbox "${name}"; known: ${Object.keys(sandboxes).join(', ')}`);
  return create(options);
}
