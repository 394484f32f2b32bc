/** The point “Booking mail”. */
import { send } from '../../clients/exchange.ts';
import type { Host } from '../../host/host.ts';
import { openMailbox } from '../../run/mailboxes.ts';
import type { LinkView } from '../../sidebar/month/contract.ts';
import { asksForBookings, bookingQuery, listMail } from '../../sources/booking-search.ts';
import type { Month } from '../../statement/month.ts';
import { addMonths, firstDay, monthBefore, monthLabel } from '../../statement/month.ts';
import type { Settings } from '../../workbook/settings.ts';
import type { Found } from './found.ts';
import { attention, good } from './found.ts';
import { cellLink, mailboxOpener, PATIENCE_MS, workbookSettings } from './workbook-settings.ts';

const DAY_MS = 86_400_000;

export function testMail(host: Host): Found {
  const { settings, tabs, tab } = workbookSettings(host);
  const settingsLink = cellLink(tabs.spreadsheetUrl, tab);
  if (!asksForBookings(settings)) {
    return attention(
      ['No booking mail is searched for, so charters are not compared with bookings.'],
      'Enter who sends booking confirmations in the setting “Booking agent”, or a Gmail search in “Booking mail search”. Without booking mail there is nothing to do.',
      [settingsLink],
    );
  }
  const mailbox = openMailbox(host, settings.bookingMailFrom, 'bookings', mailboxOpener(host));
  const month = monthBefore(host.localTime(host.now(), settings.timeZone).date);
  const query = lastMonthQuery(settings, month, host.now());
  const found = send(
    host,
    mailbox.authorize((token) => listMail(token, query)),
    { deadlineMs: host.now() + PATIENCE_MS },
  );
  const where = mailbox.account ?? host.userEmail();
  const links = [searchLink(query, mailbox.account), settingsLink];
  const mails = found.length === 1 ? '1 mail' : `${found.length} mails`;
  const words = `The search finds ${mails} of ${monthLabel(month)} in ${where}.`;
  return found.length > 0
    ? good([words], links)
    : attention(
        [words],
        'Try the search in Gmail, and correct “Booking agent”, “Booking mail search” or “Booking mail from” in the settings.',
        links,
      );
}

/** Days of UTC, which is near enough to count by. */
function lastMonthQuery(settings: Settings, month: Month, nowMs: number): string {
  const [fromMs, toMs] = [month, addMonths(month, 1)].map((one) => Date.parse(`${firstDay(one)}T00:00:00Z`));
  const bookingReachDays = (nowMs - (fromMs ?? nowMs)) / DAY_MS;
  const since = bookingQuery({ ...settings, bookingReachDays }, { nowMs, readThroughMs: null });
  return `${since ?? ''} before:${Math.floor((toMs ?? nowMs) / 1000)}`;
}

/** @param account null: the reader's first Google account */
function searchLink(query: string, account: string | null): LinkView {
  const user = account === null ? 'u/0/' : `?authuser=${encodeURIComponent(account)}`;
  return {
    kind: 'mail',
    label: 'The search in Gmail',
    url: `https://mail.google.com/mail/${user}#search/${encodeURIComponent(query)}`,
  };
}
