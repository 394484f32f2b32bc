/** What a connected account is needed for, by the settings, and which job fails without it. */
import type { AccountRecord, Purpose } from '../accounts/account.ts';
import { readRecord, statementRecordId } from '../delivery/outbox-record.ts';
import { foldAddress } from '../statement/address.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { addMonths, monthBefore, monthLabel } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import type { Settings } from '../workbook/settings.ts';

export interface AccountUse {
  /** `Send from`; null: its calendar, which no setting names. */
  readonly setting: string | null;
  readonly purpose: Purpose;
  /** What can't be done without the account; a sentence. */
  readonly job: string;
}

/**
 * @param settings null: they can't be read
 * @param month the statement that goes out next
 */
export function accountUses(
  settings: Pick<Settings, 'sendFrom' | 'bookingMailFrom'> | null,
  account: Pick<AccountRecord, 'email' | 'name' | 'purposes' | 'calendar'>,
  month: Month,
): readonly AccountUse[] {
  const { email } = account;
  const address = foldAddress(email);
  const uses: AccountUse[] = [];
  if (settings?.sendFrom.address === address) {
    uses.push({
      setting: settings.sendFrom.setting,
      purpose: 'send',
      job: `${monthLabel(month)}’s statement can’t be sent from ${email}.`,
    });
  }
  if (settings?.bookingMailFrom.address === address) {
    uses.push({
      setting: settings.bookingMailFrom.setting,
      purpose: 'bookings',
      job: `Booking mail in ${email} can’t be read for ${monthLabel(month)}’s statement.`,
    });
  }
  if (account.purposes.includes('calendar')) uses.push(calendarUse(account));
  return uses;
}

function calendarUse({
  email,
  name,
  calendar,
}: Pick<AccountRecord, 'email' | 'name' | 'calendar'>): AccountUse {
  const whose = `${cut(name || email)}’s calendar`;
  const job = calendar === undefined ? `${whose} can’t be read.` : `Charters can’t be written to ${whose}.`;
  return { setting: null, purpose: 'calendar', job };
}

/** What the settings use the account for, whatever it is connected for. */
export function purposesUsed(
  settings: Pick<Settings, 'sendFrom' | 'bookingMailFrom'>,
  email: string,
): readonly Purpose[] {
  const address = foldAddress(email);
  const { sendFrom, bookingMailFrom } = settings;
  return [
    ...(sendFrom.address === address ? (['send'] as const) : []),
    ...(bookingMailFrom.address === address ? (['bookings'] as const) : []),
  ];
}

/** Last month's statement until it is sent, then that of the month under way. @param properties of the document */
export function nextStatement(properties: Readonly<Record<string, string>>, today: IsoDate): Month {
  const last = monthBefore(today);
  return isSent(properties, last) ? addMonths(last, 1) : last;
}

/** Of a record that can't be read nobody knows; the run of its month says so. */
function isSent(properties: Readonly<Record<string, string>>, month: Month): boolean {
  try {
    return readRecord(properties, statementRecordId(month, 1))?.state === 'sent';
  } catch {
    return false;
  }
}
