import type { Secret } from '../secret.ts';

/** More than any message needs: looking for markup in a page of megabytes would take minutes. */
const enough = 5_000;

/** A vendor's words in one line, without keys or markup. Redacted before it is cut, so that no half of a key survives. */
export function quote(text: string, secrets: readonly Secret[], maxLength: number): string {
  const line = secrets
    .reduce((rest, secret) => rest.replaceAll(occurrences(secret.reveal()), '[redacted]'), text)
    .replace(/\bsk-[\w*.-]{3,}/g, '[redacted]')
    .slice(0, enough)
    .replace(/<(style|script)\b.*?<\/\1>|<[^>]*>/gis, ' ')
    .replace(/[\s\x00-\x1f\x7f]+/g, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

/** A short key is a placeholder for a local server, such as `none`: only where it stands alone, or words fall apart. */
const occurrences = (key: string): string | RegExp =>
  key.length >= 8 ? key : new RegExp(`(?<!\\w)${key.replace(/\W/g, '\\$&')}(?!\\w)`, 'g');
