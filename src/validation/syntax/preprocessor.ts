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
  const open: { taken: boolean; live: boolean }[] = [];
  let text = '';
  let from = 0;
  const keep = (to: number) => {
    const part = content.slice(from, to);
    text += open.every(({ live }) => live) ? part : inPlace(part);
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

function branch(open: { taken: boolean; live: boolean }[], name: string, never: boolean): void {
  if (/^if/.test(name)) open.push({ taken: !never, live: !never });
  else if (name === 'endif') open.pop();
  else if (/^el/.test(name)) {
    const current = open.at(-1);
    if (!current) return;
    current.live = !current.taken;
    current.taken = true;
  }
}
