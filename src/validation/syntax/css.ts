import type { ChildNode, Root } from 'postcss';
import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { type SyntaxProblem, syntaxFindings } from './syntax-finding.ts';
import { quote } from './words.ts';

/** What a build adds to CSS, and templates: a page's own style sheet has neither. */
const template = /\{\{|\{%|<%|<\?|<!--/;

/** CSS of any age: blocks, strings, declarations, and selectors that cannot be ones. */
export async function checkCss(file: ProjectFile): Promise<Finding[]> {
  if (template.test(file.content)) return [];
  const { parse, CssSyntaxError } = await import('postcss');
  try {
    return syntaxFindings(file, selectorProblems(parse(file.content)));
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error;
    const { reason, line = 1, column = 1 } = error;
    return syntaxFindings(file, [{ message: inWords(reason), at: { line, column } }]);
  }
}

const inWords = (reason: string): string => {
  const [, word] = /^Unknown word (.*)$/.exec(reason) ?? [];
  return word === undefined ? reason : `Expected a declaration or a rule, found ${quote(word)}`;
};

function selectorProblems(root: Root): SyntaxProblem[] {
  return root.nodes.flatMap((node: ChildNode) => {
    const start = node.source?.start;
    if (node.type !== 'rule' || !start) return [];
    const message = selectorProblem(node.selector);
    return message === null ? [] : [{ message, at: { line: start.line, column: start.column } }];
  });
}

function selectorProblem(selector: string): string | null {
  if (selector.startsWith('//')) return 'CSS has no line comments: write /* … */';
  const [first = ''] = selector.split('\n', 1);
  return /^(?:`{3}|\.{3}|.*:$)/.test(first) && selector.includes('\n') ? `${quote(first)} is no selector` : null;
}
