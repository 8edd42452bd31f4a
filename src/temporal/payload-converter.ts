import { DefaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import { jsonProblem } from '../schemas/lenient-json.ts';
import { unreadable } from '../schemas/unreadable.ts';

const standard = new DefaultPayloadConverter();

/**
 * The SDK's JSON converter, but for payloads that it cannot read: they become an `Unreadable`, which `acceptPlan`
 * refuses. Thrown from here, the error would fail the workflow task again and again, and the run would hang.
 */
const tolerant: PayloadConverter = {
  toPayload: (value) => standard.toPayload(value),
  fromPayload<T>(payload: Payload): T {
    try {
      return standard.fromPayload<T>(payload);
    } catch (error) {
      return unreadable(problemWith(payload, error)) as T;
    }
  },
};

function problemWith({ metadata, data }: Payload, error: unknown): string {
  const encoding = text(metadata?.['encoding']);
  if (encoding === 'json/plain') return jsonProblem(text(data));
  return `plan: got a payload of encoding "${encoding}", allowed: json/plain (${error instanceof Error ? error.message : String(error)})`;
}

const text = (bytes: Uint8Array | null | undefined): string => new TextDecoder().decode(bytes ?? new Uint8Array());

export const payloadConverter = tolerant;
