import { Command } from 'commander';
import { extractFiles } from '../parsing/extract-files.ts';
import type { Extraction } from '../parsing/extraction.ts';
import { isError } from '../schemas/finding.ts';
import { exit } from './exit.ts';
import { printFindings } from './findings.ts';
import { count, print, printJson } from './print.ts';
import { readInput } from './read-plan.ts';

export const parseCommand = new Command('parse')
  .description("what the parser makes of a model's answer; needs no server and no key")
  .argument('<file>', 'the answer, or - for standard input')
  .option('--explain', 'say where each file stands and what named it')
  .option('--json', 'print files and findings as JSON')
  .action(async (path: string, { explain = false, json = false }: { explain?: boolean; json?: boolean }) => {
    const extraction = extractFiles(await readInput(path));
    if (json) printJson(asJson(extraction));
    else show(extraction, explain);
    process.exitCode = extraction.files.length > 0 && !extraction.findings.some(isError) ? exit.success : exit.failed;
  });

const asJson = ({ files, findings }: Extraction) => ({
  artifacts: files.map(({ path, type, ...rest }) => ({ file_path: path, artifact_type: type, ...rest })),
  findings,
});

function show({ files, findings }: Extraction, explain: boolean): void {
  for (const { path, content, type, language, truncated, partial, lines, evidence, confidence } of files) {
    const marks = [...(truncated ? ['truncated'] : []), ...(partial ? ['partial'] : [])];
    print(
      `${path}  ${[type, language ?? 'unknown language', count(Buffer.byteLength(content), 'byte'), ...marks].join(', ')}`,
    );
    if (explain)
      print(`  lines ${lines.from} to ${lines.to}, named by ${evidence} (${Math.round(confidence * 100)} % sure)`);
  }
  print(count(files.length, 'file'));
  printFindings(findings);
}
