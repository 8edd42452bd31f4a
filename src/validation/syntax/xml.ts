import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { rewrite } from './grammar.ts';
import { type SyntaxProblem, syntaxFindings } from './syntax-finding.ts';
import { quote } from './words.ts';

/** Marks of a template, which is XML only once it is filled in. */
const template = /\{\{|\{%|<%/;

/** Extensions that programs use for more than XML. */
const maybeXml = /\.(?:sln|properties|config|props|rss)$/i;

/** In UTF-16 units: what is read on after the first error. */
const chunk = 4096;

/** XML 1.0 as every parser must take it; entities of a document type are taken for granted. */
export async function checkXml(file: ProjectFile): Promise<Finding[]> {
  const { content } = file;
  const beginsAsXml = /^\ufeff?\s*</.test(content);
  if (template.test(content) || (maybeXml.test(file.path) && !beginsAsXml)) return [];
  const problem = beginsAsXml ? await firstProblem(content) : { message: 'XML begins with a tag', at: 0 };
  return syntaxFindings(file, problem === null ? [] : [problem]);
}

async function firstProblem(content: string): Promise<SyntaxProblem | null> {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ position: true });
  const open: Tag[] = [];
  let closed: Tag | undefined;
  let problem: SyntaxProblem | null = null;
  let hasEntities = false;
  parser.on('doctype', (doctype) => {
    hasEntities = /<!ENTITY|\b(?:SYSTEM|PUBLIC)\b/.test(doctype);
  });
  parser.on('opentagstart', ({ name }) => open.push({ name, line: parser.line }));
  parser.on('closetag', () => {
    closed = open.pop();
  });
  parser.on('error', ({ message }) => {
    const reason = message.replace(/^\d+:\d+: |\.$/g, '');
    if (problem !== null || (hasEntities && reason === 'undefined entity')) return;
    const at = { line: parser.line, column: Math.max(1, parser.column) };
    problem = { message: inWords(reason, reason === 'unexpected close tag' ? closed : open.at(-1)), at };
  });
  for (let from = 0; from < content.length && problem === null; from += chunk) {
    parser.write(content.slice(from, from + chunk));
  }
  if (problem === null) parser.close();
  return problem === null ? null : (bareAmpersand(content) ?? problem);
}

interface Tag {
  name: string;
  line: number;
}

function inWords(reason: string, tag: Tag | undefined): string {
  const told = reason.charAt(0).toUpperCase() + reason.slice(1);
  if (!tag || !/close tag|unclosed tag/.test(reason)) return told;
  return `${told.replace(/: .*/, '')}. Unclosed ${quote(`<${tag.name}>`)} opened in line ${tag.line}`;
}

const withoutData = rewrite([/<!--[\s\S]{0,4000}?-->|<!\[CDATA\[[\s\S]{0,4000}?\]\]>|<\?[\s\S]{0,4000}?\?>/g]);

/** The parser reads on from it for a name, to wherever that leads. */
function bareAmpersand(content: string): SyntaxProblem | null {
  const at = withoutData(content).search(/&(?!#?[\w:.-]+;)/);
  return at < 0 ? null : { message: 'Write `&amp;` for `&`', at };
}
