import type { Node, Parser } from 'web-tree-sitter';
import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { rewrite } from './grammar.ts';
import { type SyntaxProblem, syntaxFindings } from './syntax-finding.ts';
import { parse, withParser } from './tree-sitter.ts';
import { quote } from './words.ts';

const wasm = 'tree-sitter-html/tree-sitter-html.wasm';

/** Marks of a template: its tags pair up only once it is filled in. */
const template = /\{\{|\{%|<%|<\?|\$\{|^\s*@(?:if|for|foreach|else|switch|include|extends|yield|section)\b/m;

/** Elements that end where their parent does, by the standard. */
const endsAlone = new Set(
  'html head body p li dt dd rt rp option optgroup colgroup caption thead tbody tfoot tr td th'.split(' '),
);

/** Text that the grammar would read tags in, and a browser does not. */
const withoutText = rewrite([/(?<=<(title|textarea)\b[^<>]*>)[\s\S]{0,4000}?(?=<\/\1\s*>)/gi], [/<(?![a-zA-Z/!?])/g]);

/** In UTF-16 units: where a whole document says that it is one, behind a comment or two. */
const head = 2000;

const fence = /^\s*(?:`{3,}|~{3,})\s*\w*\s*$/;

/**
 * HTML that a browser would mend otherwise than its writer means. A whole document is judged strictly; a part of one
 * may leave to another part what it opens or closes.
 */
export async function checkHtml(file: ProjectFile): Promise<Finding[]> {
  const fences = fenced(file.content);
  if (template.test(file.content)) return syntaxFindings(file, fences);
  const problems = await withParser(wasm, (parser) => tagProblems(parser, withoutText(file.content)));
  return syntaxFindings(file, [...fences, ...(problems ?? [])]);
}

/** The first and the last line: between them a fence may be the page's own text. */
function fenced(content: string): SyntaxProblem[] {
  const start = content.length - content.trimStart().length;
  const end = content.trimEnd().lastIndexOf('\n') + 1;
  const isFence = (at: number) => fence.test(content.slice(at).split('\n', 1)[0] ?? '');
  return [...new Set([start, end])].filter(isFence).map((at) => ({ message: 'Unexpected text', at }));
}

function tagProblems(parser: Parser, content: string): SyntaxProblem[] {
  const tree = parse(parser, content);
  if (tree === null) return [];
  try {
    const isWhole = /<!doctype\b|<html\b/i.test(content.slice(0, head));
    const severity = isWhole ? {} : ({ severity: 'warning' } as const);
    const tags = tree.rootNode.descendantsOfType(['start_tag', 'erroneous_end_tag']);
    const loose = tags.flatMap((tag) => looseTag(tag)).map((problem) => ({ ...problem, ...severity }));
    return [...cutOff(content, tree.rootNode), ...loose];
  } finally {
    tree.delete();
  }
}

function looseTag(tag: Node): SyntaxProblem[] {
  const name = tag.firstNamedChild?.text.toLowerCase() ?? '';
  const at = tag.startIndex;
  if (tag.type === 'erroneous_end_tag')
    return endsAlone.has(name) ? [] : [{ message: `${quote(tag.text)} closes nothing`, at }];
  const isClosed = tag.parent?.lastChild?.type === 'end_tag' && !tag.parent.isError;
  if (isClosed || endsAlone.has(name) || isVoid.has(name)) return [];
  return [{ message: `${quote(`<${name}>`)} is not closed: write ${quote(`</${name}>`)}`, at }];
}

const isVoid = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** An answer that ended early, inside of a tag, a comment or a script. */
function cutOff(content: string, root: Node): SyntaxProblem[] {
  const comment = content.lastIndexOf('<!--');
  if (comment > content.lastIndexOf('-->')) return [{ message: 'A comment opens here and is not closed', at: comment }];
  const [tag] = /<\/?[a-zA-Z][^<>]*$/.exec(content) ?? [];
  if (tag === undefined || !root.hasError) return [];
  return [{ message: `The file ends inside of the tag ${quote(tag)}`, at: content.length - tag.length }];
}
