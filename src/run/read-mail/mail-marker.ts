/** How far booking mail has been read: one small document property, so that nearly every tick ends without a request. */
import * as v from 'valibot';
import type { Host } from '../../host/host.ts';
import type { BookingSearchSettings, BookingWindow } from '../../sources/booking-search.ts';
import { searchKey } from '../../sources/booking-search.ts';
import type { IsoDate } from '../../statement/month.ts';
import type { EvidenceReading } from '../../workbook/evidence-tab.ts';

const KEY = 'evidence.mail';

const Marker = v.object({
  schema: v.literal(1),
  /** `searchKey` of the search that it holds for; empty when no mail was asked for. */
  query: v.string(),
  readThroughMs: v.number(),
  /** The day on which all was read, in the workbook's zone. */
  dayRead: v.string(),
  /** Mails that the evidence tab held then. */
  mails: v.number(),
});

type MailMarker = v.InferOutput<typeof Marker>;

type Properties = Readonly<Record<string, string>>;

/** Once a day, or as long as something is left of the day's. */
export function isMailDue(properties: Properties, today: IsoDate): boolean {
  return readMarker(properties)?.dayRead !== today;
}

/** What the search has to reach back to. A marker holds for its own search only. */
export function bookingWindow(
  properties: Properties,
  settings: BookingSearchSettings,
  nowMs: number,
): BookingWindow {
  const marker = markerOf(properties, settings);
  return { nowMs, readThroughMs: marker === null ? null : marker.readThroughMs };
}

/** Whether the tab has fewer mails than the marker says: then the marker's search misses some. */
export function hasLostRows(
  properties: Properties,
  settings: BookingSearchSettings,
  reading: Pick<EvidenceReading, 'readMessageIds'>,
): boolean {
  const marker = markerOf(properties, settings);
  return marker !== null && reading.readMessageIds.size < marker.mails;
}

function markerOf(properties: Properties, settings: BookingSearchSettings): MailMarker | null {
  const marker = readMarker(properties);
  return marker !== null && marker.query === searchKey(settings) && marker.mails > 0 ? marker : null;
}

export function markRead(host: Host, marker: Omit<MailMarker, 'schema'>): void {
  host.properties('document').write({ [KEY]: JSON.stringify({ schema: 1, ...marker }) });
}

function readMarker(properties: Properties): MailMarker | null {
  try {
    const parsed = v.safeParse(Marker, JSON.parse(properties[KEY] ?? ''));
    return parsed.success ? parsed.output : null;
  } catch {
    // None yet, or none that can be read: then all mail is looked at again, which only takes longer.
    return null;
  }
}
