/** Which calendar of a connected account charters are written to: a person's choice. */
import type { Host } from '../host/host.ts';
import type { AccountRecord, AskedBy, ChosenCalendar } from './account.ts';
import { readAccount } from './account-store.ts';
import { notConnected } from './connect-errors.ts';
import { keepAccounts } from './keep-accounts.ts';
import { persistently } from './persistently.ts';
import { trailEvent } from './store-connection.ts';

/**
 * @param calendar null: charters are written to none, and the account's own is read
 * @throws PurserError `account-unknown`, or what the store failed with
 */
export function chooseCalendar(
  host: Host,
  subject: string,
  calendar: ChosenCalendar | null,
  by: AskedBy,
): void {
  persistently(host, () => {
    const store = host.properties('user');
    const mine = store.readAll();
    const before = readAccount(mine, subject);
    if (before === null) throw notConnected();
    const { calendar: _, ...others } = before;
    const record: AccountRecord = calendar === null ? others : { ...others, calendar };
    const event = trailEvent(host, before, { what: 'calendar-chosen', by, detail: calendar?.name ?? 'none' });
    keepAccounts(store, mine, [{ record, event }]);
  });
}

/**
 * The calendar that charters are written to for this account alone; undefined: none, or one that others have chosen, too.
 * Purser keeps out of the one when it is given up, and goes on with the other.
 */
export function calendarOfItsOwn(
  { subject, calendar }: AccountRecord,
  all: readonly AccountRecord[],
): ChosenCalendar | undefined {
  if (calendar === undefined || calendar.id === 'primary') return calendar;
  const isShared = all.some((one) => one.subject !== subject && one.calendar?.id === calendar.id);
  return isShared ? undefined : calendar;
}
