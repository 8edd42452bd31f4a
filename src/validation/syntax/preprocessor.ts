import { inPlace } from './grammar.ts';

const directive = /^[ \t]*#[ \t]*(\w*)((?:\\\r?\n|.)*)/gm;

/** The condition of a branch that is not compiled, as far as anyone can tell. */
const neverTrue = (name: string, condition: string, cplusplus: boolean): boolean =>
  (name === 'if' && /^\s*0\s*$/.test(condition)) ||
  (!cplusplus && name !== 'ifndef' && /^[\s(]*(?:defined)?[\s(]*__cplusplus\b/.test(condition));

/**
 * C as its parser sees it, of the same length: without directives, and with one branch of each condition. Two branches
 * may open one bracket each, and the grammar would count both.
 */
export function withoutDirectives(content: string, cplusplus: boolean): string {
  const open: Branch[] = [];
  let text = '';
  let from = 0;
  const keep = (to: number) => {
    const part = content.slice(from, to);
    text += isLive(open) ? part : inPlace(part);
  };
  for (const { 0: whole, 1: name = '', 2: condition = '', index } of content.matchAll(directive)) {
    keep(index);
    branch(open, name, neverTrue(name, condition, cplusplus));
    text += inPlace(whole);
    from = index + whole.length;
  }
  keep(content.length);
  return text;
}

interface Branch {
  /** Whether one of the condition's branches was kept already. */
  taken: boolean;
  live: boolean;
  readonly within: boolean;
}

const isLive = (open: readonly Branch[]): boolean => open.at(-1)?.live ?? true;

function branch(open: Branch[], name: string, never: boolean): void {
  const within = isLive(open);
  const current = open.at(-1);
  if (/^if/.test(name)) open.push({ taken: !never, live: within && !never, within });
  else if (name === 'endif') open.pop();
  else if (/^el/.test(name) && current) {
    current.live = current.within && !current.taken;
    current.taken = true;
  }
}
