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
  const known = Object.keys(sandboxes);
  if (!known.includes(name)) throw new Error(`unknown sandbox "${name}"; known: ${known.join(', ')}`);
  return sandboxes[name](options);
}
