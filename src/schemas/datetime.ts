import { z } from 'zod';

const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * A moment as ISO 8601 in UTC. Accepts what ROMA writes (no zone: naive UTC), an offset, `Z`,
 * a plain date, and Unix seconds. Kept to the millisecond.
 */
export const UtcDatetime = z
  .union([z.string(), z.number()], {
    error: 'expected an ISO 8601 date and time (UTC where it has no zone) or Unix seconds',
  })
  .transform((value, context) => {
    const moment = typeof value === 'number' ? new Date(value * 1000) : parseIso(value);
    if (!Number.isNaN(moment.getTime())) return moment.toISOString();
    context.issues.push({
      code: 'custom',
      input: value,
      message: 'expected an ISO 8601 date and time, as 2025-12-06T18:00:00 (UTC where it has no zone), or Unix seconds',
    });
    return z.NEVER;
  })
  .pipe(z.iso.datetime());

function parseIso(text: string): Date {
  const [, date, time = '00:00', zone = 'Z'] = iso.exec(text.trim()) ?? [];
  if (date === undefined) return new Date(Number.NaN);
  return new Date(`${date}T${withSeconds(time).replace(',', '.')}${withColon(zone)}`);
}

const withSeconds = (time: string) => (time.length === 5 ? `${time}:00` : time);

function withColon(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z';
  const [hours, minutes] = [zone.slice(0, 3), zone.slice(3).replace(':', '') || '00'];
  return `${hours}:${minutes}`;
}
