/** All that a view of a month is made of, read in three calls: properties, the workbook's own tabs, the cache. */
import type { OutboxRecord } from '../../delivery/outbox-record.ts';
import { readableRecords } from '../../delivery/outbox-record.ts';
import type { Host } from '../../host/host.ts';
import type { Glance } from '../../run/glance.ts';
import { glanceAt } from '../../run/glance.ts';
import { monthInvalid } from '../../run/month-refused.ts';
import type { IsoDate, Month } from '../../statement/month.ts';
import { isMonth, monthBefore } from '../../statement/month.ts';
import type { Brief, Look } from './brief-store.ts';
import { readBrief } from './brief-store.ts';

export interface Facts {
  readonly host: Host;
  readonly month: Month;
  readonly nowMs: number;
  readonly today: IsoDate;
  readonly timeZone: string;
  /** Of the document. */
  readonly properties: Readonly<Record<string, string>>;
  /** Statements that the outbox knows, of all months. */
  readonly records: readonly OutboxRecord[];
  readonly glance: Glance;
  readonly brief: Brief;
}

/**
 * @param asked null: last month
 * @param look what was found just now, in place of what the cache has
 * @param glance what the workbook says; default: it is read
 * @throws PurserError `month-invalid`, or Google's
 */
export function readFacts(
  host: Host,
  asked: Month | null,
  look: Look | null = null,
  glance: (host: Host, month: Month) => Glance = glanceAt,
): Facts {
  const nowMs = host.now();
  const month = asked ?? monthBefore(host.localTime(nowMs, host.workbookTimeZone()).date);
  requireMonth(month);
  const properties = host.properties('document').readAll();
  const kept = readBrief(host, month);
  const seen = glance(host, month);
  const timeZone = seen.settings?.timeZone ?? host.workbookTimeZone();
  return {
    host,
    month,
    nowMs,
    today: host.localTime(nowMs, timeZone).date,
    timeZone,
    properties,
    records: readableRecords(properties).filter(({ kind }) => kind === 'statement'),
    glance: seen,
    brief: look === null ? kept : { ...kept, look },
  };
}

/** @param month as the page sent it: anything, until it is looked at @throws PurserError `month-invalid` */
export function requireMonth(month: unknown): asserts month is Month {
  if (typeof month !== 'string' || !isMonth(month)) throw monthInvalid(String(month ?? ''));
}
