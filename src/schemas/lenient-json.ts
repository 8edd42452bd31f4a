const stringOrNotANumber = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;

/**
 * Why a text is no JSON. Python writes `NaN` and `Infinity`, which JSON does not have: then it names the fields that
 * hold them.
 */
export function jsonProblem(text: string): string {
  const fields = fieldsNotANumber(text);
  if (fields.length === 0) return `plan: not JSON: ${parseError(text)}`;
  return fields
    .map(({ field, value }) => `${field}: got ${value}, which JSON does not have; leave it out, or send a number`)
    .join('\n- ');
}

interface Field {
  field: string;
  value: string;
}

function fieldsNotANumber(text: string): Field[] {
  const marker = '\u0000not a number: ';
  const readable = text.replace(stringOrNotANumber, (token) =>
    token.startsWith('"') ? token : JSON.stringify(marker + token),
  );
  try {
    return [...find(JSON.parse(readable), marker, [])];
  } catch {
    return [];
  }
}

function* find(value: unknown, marker: string, path: string[]): Generator<Field> {
  if (typeof value === 'string' && value.startsWith(marker)) {
    yield { field: path.join('.') || 'plan', value: value.slice(marker.length) };
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* find(inner, marker, [...path, key]);
  }
}

function parseError(text: string): string {
  try {
    JSON.parse(text);
    return 'unreadable';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
