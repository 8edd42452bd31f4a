const escapeSequence = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g;
const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Output as plain text: no colours, no control characters, and paths as the project has them. */
export const cleanText = (text: string): string =>
  text
    .replace(escapeSequence, '')
    .replace(/\r\n?/g, '\n')
    .replace(control, '')
    .replaceAll(/(?:file:\/\/)?\/project\//g, '');

/** Cut at the end, and says so. */
export const shorten = (text: string, characters: number): string =>
  text.length <= characters ? text : `${text.slice(0, characters)} [... ${text.length - characters} characters cut]`;
