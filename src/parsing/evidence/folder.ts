import { glance, isBlank } from '../lines.ts';
import { readLabel } from './label.ts';

const forms = [
  /\b(?:folder|directory)\s+(?:named|called)\s+[`"'*]*([\w@.-]+(?:\/[\w@.-]+)*)\/?[`"'*]*/i,
  /\b(?:in|into|inside|under|within|to)\s+(?:the|a|your|an?\s+new)?\s*(?:new\s+)?[`"*]+([\w@.-]+(?:\/[\w@.-]+)*)\/?[`"*]+\s+(?:sub)?(?:folder|directory)\b/i,
  /\b(?:in|into|inside|under|within)\s+(?:the\s+|a\s+)?([a-z_][\w-]*(?:\/[\w.-]+)*)\/?\s+(?:sub)?(?:folder|directory)\b/,
  /\b(?:in|into|inside|under|within)\s+(?:the\s+)?[`"*]*([\w@.-]+(?:\/[\w@.-]+)*)\/[`"*]*(?=[\s,.:)]|$)/i,
];
const noFolder =
  /^(root|project|same|main|current|new|following|this|that|your|base|working|parent|home|top|top-level|app's|repo|repository|source|respective|appropriate|above|separate|correct)$/i;

/** The folder that a sentence puts its files into. */
export function folderIn(sentence: string): string | null {
  for (const form of forms) {
    const folder = form.exec(sentence)?.[1];
    if (folder !== undefined && !noFolder.test(folder) && !/\.\w+$/.test(folder.replace(/^\./, ''))) return folder;
  }
  return null;
}

export const inFolder = (folder: string | null, path: string): string =>
  folder === null || path.includes('/') ? path : `${folder}/${path}`;

/** Follows the folder that holds for a list of files, from the prose above each block in turn. */
export function folderAfter(folder: string | null, prose: readonly string[]): string | null {
  let current = folder;
  for (const line of prose) {
    if (isBlank(line)) continue;
    const text = glance(line).trim();
    if (/^#{1,6}\s/.test(text)) current = folderHeading(text);
    else if (/^([-*+]|\d+[.)])\s/.test(text)) current = folderItem.test(text) ? folderHeading(text) : current;
    else if (introduces(text)) current = folderIn(text);
    else if (current !== null && readLabel(text) === null) current = null;
  }
  return current;
}

const folderItem = /^([-*+]|\d+[.)])\s+[`*"]*[\w.-]+(\/[\w.-]+)*\/[`*":]*$/;

const introduces = (text: string): boolean =>
  /:\W*$/.test(text) && /\b(following|these|files|templates|each|all)\b/i.test(text);

const folderHeading = (text: string): string | null =>
  /^\W*(?:in\s+)?[`*"]*([\w@.-]+(?:\/[\w@.-]+)*)\/[`*":]*$/i.exec(
    text.replace(/\s+(folder|directory)\W*$/i, ''),
  )?.[1] ?? null;
