import type { ProjectFile } from '../../schemas/artifact.ts';
import type { Finding } from '../../schemas/finding.ts';
import { type SyntaxProblem, syntaxFindings } from './syntax-finding.ts';
import { quote } from './words.ts';

/** Marks of a template, which is XML only once it is filled in. */
const template = /\{\{|\{%|<%/;

/** Extensions that programs use for more than XML. */
const notXml = /\.(?:sln|properties|config|props|rss)$/i;

/** XML 1.0 as every parser must take it; entities from outside of the file are taken for granted. */
export async function checkXml(file: ProjectFile): Promise<Finding[]> {
  const { content } = file;
  if (template.test(content) || (notXml.test(file.path) && !content.trimStart().startsWith('<'))) return [];
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ position: true });
  const open: { name: string; line: number }[] = [];
  let problem: SyntaxProblem | null = null;
  let ownEntities = false;
  parser.on('doctype', (doctype) => {
    ownEntities = /<!ENTITY|\b(?:SYSTEM|PUBLIC)\b/.test(doctype);
  });
  parser.on('opentagstart', ({ name }) => open.push({ name, line: parser.line }));
  parser.on('closetag', () => open.pop());
  parser.on('error', ({ message }) => {
    const reason = message.replace(/^\d+:\d+: /, '');
    if (problem !== null || (ownEntities && reason === 'undefined entity.')) return;
    problem = { message: inWords(reason, open), at: { line: parser.line, column: Math.max(1, parser.column) } };
  });
  for (let from = 0; from < content.length && problem === null; from += chunk) parser.write(content.slice(from, from + chunk));
  if (problem === null) parser.close();
  return syntaxFindings(file, problem === null ? [] : [problem]);
}

/** In UTF-16 units: what is read on after the first error. */
const chunk = 4096;

function inWords(reason: string, open: readonly { name: string; line: number }[]): string {
  const last = open.at(-1);
  const told = reason.charAt(0).toUpperCase() + reason.slice(1).replace(/\.$/, '');
  if (!last || !/close tag|unclosed tag/.test(reason)) return told;
  return `${told.replace(/: .*/, '')}. Unclosed ${quote(`<${last.name}>`)} opened in line ${last.line}`;
}
