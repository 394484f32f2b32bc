/** What a sync of calendars has done, in words. */
import { cut } from '../statement/short-text.ts';
import type { SyncedCalendar, SyncReport } from './sync-report.ts';

/** Of the events that were refused in one calendar. */
const NAMED = 5;

type Words = Pick<SyncReport, 'calendars' | 'ledger'>;

/** `4 synced, 1 needs reconnecting. 12 events made. 14 deletions wait for a yes.` */
export function syncWords(report: Words): string {
  const { calendars, ledger } = report;
  const sum = (count: (one: Words['calendars'][number]) => number): number =>
    calendars.reduce((all, one) => all + count(one), 0);
  const states = [
    [sum(({ state }) => (state === 'synced' ? 1 : 0)), 'synced', 'synced'],
    [sum(({ state }) => (state === 'reconnect' ? 1 : 0)), 'needs reconnecting', 'need reconnecting'],
    [sum(({ state }) => (state === 'failed' ? 1 : 0)), 'failed', 'failed'],
    [sum(({ state }) => (state === 'later' ? 1 : 0)), 'waits for the next sync', 'wait for the next sync'],
  ] as const;
  const stood = states.flatMap(([count, one, many]) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`],
  );
  const did = [
    { count: sum(({ inserted }) => inserted), done: 'made' },
    { count: sum(({ patched }) => patched), done: 'changed' },
    { count: sum(({ cancelled }) => cancelled), done: 'deleted' },
    { count: sum(({ left }) => left), done: 'left for the next sync' },
    { count: sum(({ refused }) => refused.length), done: 'refused by Google' },
  ]
    .filter(({ count }) => count > 0)
    .map(({ count, done }, at) => `${at === 0 ? counted(count, 'event', 'events') : count} ${done}`);
  const heldCount = sum(({ held }) => held?.count ?? 0);
  const edited = sum((one) => one.edited);
  return [
    stood.length === 0 ? 'No calendar is synced' : stood.join(', '),
    did.join(', '),
    counted(heldCount, 'deletion waits for a person’s yes', 'deletions wait for a person’s yes'),
    edited === 0
      ? ''
      : `${edited} of Purser’s events ${edited === 1 ? 'was changed or deleted by a person, and stays as it is' : 'were changed or deleted by a person, and stay as they are'}`,
    ledger === 'read'
      ? ''
      : `Nothing was written to calendars, because the charters could not be read: ${ledger.what}`,
  ]
    .filter((sentence) => sentence !== '')
    .map((sentence) => sentence.replace(/[.\s]*$/, '.'))
    .join(' ');
}

/** For a dialog: the sum, and a line for each calendar that has trouble, and for each of its events that was refused. */
export function syncLines(report: SyncReport): readonly string[] {
  return [
    report.words,
    ...report.calendars.flatMap(({ account, error, refused }) => [
      ...(error === null
        ? []
        : [`${error.what.startsWith(account) ? '' : `${account}: `}${error.what} ${error.now}`.trim()]),
      ...refused.slice(0, NAMED).map(({ name, what, now }) => `${account}, ${name}: ${what} ${now}`.trim()),
      ...(refused.length > NAMED ? [`${account}: and ${refused.length - NAMED} more.`] : []),
    ]),
  ];
}

/** Why deletions wait for a yes. @param count of them, at least 2 */
export function heldWords(
  { of, name, account }: Pick<SyncedCalendar, 'of' | 'name' | 'account'>,
  count: number,
): string {
  // Google calls the account's own by its address.
  const isNamed = name !== '' && name.toLowerCase() !== account.toLowerCase();
  const chosen = isNamed ? `“${cut(name)}” of ${account}` : `the calendar of ${account}`;
  const [where, others] =
    of === 'company' ? ['the Charters calendar', ''] : [chosen, ', or others sail them now'];
  return `${count} of Purser’s events in ${where} no longer fit the ledger: their charters were cancelled or removed${others}.`;
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}
