import type { Finding } from '../schemas/finding.ts';
import { print } from './print.ts';

/** As compilers write them: `file:line:column: severity: message [code]`. */
export function printFindings(findings: Finding[]): void {
  for (const { severity, file, line, column, message, code, excerpt } of findings) {
    const place = [file, line, column].filter((part) => part !== null).join(':');
    print(`${place ? `${place}: ` : ''}${severity}: ${message} [${code}]`);
    if (excerpt) print(excerpt.replace(/^/gm, '    '));
  }
}
