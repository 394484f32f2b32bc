/** Where a person finds what a finding speaks of: item, mail, file or cell as a link. */
import type { Booking } from './booking.ts';
import type { EvidenceAuditInput } from './evidence-audit/question.ts';
import { bookingName } from './evidence-audit/question.ts';
import type { Link } from './findings.ts';
import { dayIn } from './local-day.ts';
import { mailUrl } from './mail-url.ts';
import { cut } from './short-text.ts';

/** All that the links are made of, as data, so that they can be made again. */
export interface Places {
  readonly chartersTable: string;
  readonly primaryRegion: string;
  readonly secondRegion: string | null;
  /** `https://docs.google.com/spreadsheets/d/…/edit` */
  readonly workbookUrl: string;
  /** Sheet ids by the tab's title. */
  readonly tabIds: Readonly<Record<string, number>>;
  /** An IANA name: mails are named by their day there. */
  readonly timeZone: string;
}

/** The newest words of a booking that are linked. */
const LINKED_MAILS = 3;

export function placeLinks(places: Places): EvidenceAuditInput['linksOf'] {
  const dayOf = dayIn(places.timeZone);
  // Not looked up in the record itself: a tab may be called “constructor”.
  const tabIds = new Map(Object.entries(places.tabIds));
  return {
    charter: (id) => itemLinks(places, id),
    booking: (booking) => mailLinks(booking, dayOf),
    tripSheet: ({ fileId, fileName }) => [
      { label: cut(fileName), url: `https://drive.google.com/file/d/${encodeURIComponent(fileId)}/view` },
    ],
    cell: (cell) => [{ label: cell, url: cellUrl(places.workbookUrl, tabIds, cell) }],
  };
}

/** The item in the AWS console, in each region. */
function itemLinks({ primaryRegion, secondRegion, chartersTable }: Places, id: string): Link[] {
  return [primaryRegion, secondRegion].flatMap((region): Link[] => {
    if (region === null) return [];
    const table = encodeURIComponent(chartersTable);
    return [
      {
        label: `${id} in ${region}`,
        url: `https://${region}.console.aws.amazon.com/dynamodbv2/home?region=${region}#edit-item?itemMode=2&pk=${encoded(id)}&sk=&route=ROUTE_ITEM_EXPLORER&table=${table}`,
      },
    ];
  });
}

/** Newest first; a mail that says two things of the booking is linked once. */
function mailLinks(booking: Booking, dayOf: (instant: string) => string): Link[] {
  const mails = new Map<string, { readonly day: string; readonly url: string }>();
  for (const { messageId, receivedAt, mailbox = null } of [...booking.history].reverse()) {
    mails.set(messageId, { day: dayOf(receivedAt), url: mailUrl('all', messageId, mailbox) });
  }
  return [...mails.values()].slice(0, LINKED_MAILS).map(({ day, url }) => ({
    label: `${bookingName(booking)} (mail of ${day})`,
    url,
  }));
}

const CELL = /^(?:'((?:[^']|'')*)'|([^'!]+))!([A-Z0-9:]+)$/i;

/** The workbook itself when its tabs have none of that title. */
function cellUrl(workbookUrl: string, tabIds: ReadonlyMap<string, number>, cell: string): string {
  const [, quoted, plain, range = ''] = CELL.exec(cell) ?? [];
  const sheetId = tabIds.get(quoted?.replace(/''/g, "'") ?? plain ?? '');
  return sheetId === undefined ? workbookUrl : `${workbookUrl}#gid=${sheetId}&range=${range}`;
}

/** `encodeURIComponent` throws on half a surrogate pair, which an id of a table may hold. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}
