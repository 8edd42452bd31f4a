interface RenderedFile {
  path: string;
  content: string;
  language: string | null;
}

/** Files as PTC's prompts show them and ask for them: `### path`, then a fence longer than any run of backticks inside. */
export const renderFiles = (files: readonly RenderedFile[]): string => files.map(renderFile).join('\n');

function renderFile({ path, content, language }: RenderedFile): string {
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1));
  const body = content === '' || content.endsWith('\n') ? content : `${content}\n`;
  return `### ${path}\n${fence}${language ?? ''}\n${body}${fence}\n`;
}

function longestRun(content: string): number {
  let longest = 0;
  for (const [run] of content.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
