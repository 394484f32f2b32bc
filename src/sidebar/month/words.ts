/** Money, moments and counts as a person reads them. The interface is English, so its numbers and dates are too. */
import type { FindingView, MonthState } from './contract.ts';

const LOCALE = 'en-US';

/** Makes the words for the amounts and moments of one workbook. */
export interface Wording {
  /** `$1,375.00`; with a sign: `+$20.00`, `−$20.00`, and `$0.00` for nought. */
  money(cents: number, signed?: boolean): string;
  /** For a scale: `$48K`. */
  shortMoney(cents: number): string;
  /** `Jun 1, 6:00 AM`; with its year when it is not that of the month. ISO 8601; what is none stays as it is. */
  moment(at: string): string;
  /** `6:00 AM` */
  time(at: string): string;
}

/**
 * @param currency ISO 4217; another word stands after the amount
 * @param timeZone IANA name; another is taken for UTC
 * @param month `2026-05`
 */
export function wording(currency: string, timeZone: string, month: string): Wording {
  const amounts = amountFormat(currency, {});
  const signedAmounts = amountFormat(currency, { signDisplay: 'exceptZero' });
  const shortAmounts = amountFormat(currency, { notation: 'compact', maximumFractionDigits: 1 });
  const day = dateFormat(timeZone, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
  const dayOfYear = dateFormat(timeZone, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const year = dateFormat(timeZone, { year: 'numeric' });
  const clock = dateFormat(timeZone, { hour: 'numeric', minute: '2-digit' });
  return {
    money: (cents, signed = false) => (signed ? signedAmounts : amounts)(cents),
    shortMoney: shortAmounts,
    moment: (at) =>
      read(at, (date) => (year(date).slice(0, 4) === month.slice(0, 4) ? day : dayOfYear)(date)),
    time: (at) => read(at, clock),
  };
}

function read(at: string, format: (date: Date) => string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : format(date);
}

/** Made when it is first needed: the browser takes milliseconds for each. */
function lazily<T>(make: () => (value: T) => string): (value: T) => string {
  let made: ((value: T) => string) | null = null;
  return (value) => {
    made ??= make();
    return made(value);
  };
}

function amountFormat(currency: string, options: Intl.NumberFormatOptions): (cents: number) => string {
  return lazily(() => amountFormatNow(currency, options));
}

function amountFormatNow(currency: string, options: Intl.NumberFormatOptions): (cents: number) => string {
  const compact = options.notation === 'compact';
  const digits: Intl.NumberFormatOptions = compact
    ? { minimumFractionDigits: 0 }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  try {
    const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency, ...digits, ...options });
    return (cents) => minus(format.format(cents / 100));
  } catch {
    const format = new Intl.NumberFormat(LOCALE, { ...digits, ...options });
    return (cents) => `${minus(format.format(cents / 100))} ${currency}`.trim();
  }
}

/** The hyphen is too short for a minus, and some screen readers pass over it. */
function minus(text: string): string {
  return text.replace('-', '−');
}

function dateFormat(timeZone: string, options: Intl.DateTimeFormatOptions): (date: Date) => string {
  return lazily(() => {
    const format = formatIn(timeZone, options);
    // Newer browsers put a narrow space before AM.
    return (date) => format.format(date).replace(/\u202f/g, ' ');
  });
}

function formatIn(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC', timeZoneName: 'short' });
  }
}

const numbers = new Intl.NumberFormat(LOCALE);

/** `1,024` */
export function count(value: number): string {
  return minus(numbers.format(value));
}

/** `1 person`, `3 people` */
export function counted(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `12 % more than`, `3 % less than`, `as much as`; null when there is nothing to compare with. */
export function compared(now: number, before: number): string | null {
  if (before <= 0) return null;
  const percent = Math.round(((now - before) / before) * 100);
  if (now === before) return 'as much as';
  if (percent === 0) return now > before ? 'slightly more than' : 'slightly less than';
  return `${count(Math.abs(percent))} % ${percent > 0 ? 'more' : 'less'} than`;
}

/** In two or three words, for the badge and the picker. */
export const STATE_WORDS: { readonly [State in MonthState]: string } = {
  new: 'Not begun',
  open: 'Not over yet',
  held: 'Held',
  ready: 'Ready to send',
  approved: 'Approved',
  queued: 'Waiting to go out',
  sending: 'Being sent',
  sent: 'Sent',
  failed: 'Failed',
  unknown: 'Not sure it was sent',
};

export type FindingGroupId = 'block' | 'warn' | 'info' | 'accepted';

export interface FindingGroup {
  readonly id: FindingGroupId;
  readonly title: string;
  readonly findings: readonly FindingView[];
}

const GROUP_TITLES: { readonly [Id in FindingGroupId]: string } = {
  block: 'Stops the statement',
  warn: 'Please look at',
  info: 'Good to know',
  accepted: 'Accepted',
};

/** In the order in which they are to be dealt with; groups without findings are left out. */
export function groupsOf(findings: readonly FindingView[]): readonly FindingGroup[] {
  const ids: readonly FindingGroupId[] = ['block', 'warn', 'info', 'accepted'];
  return ids
    .map((id) => ({ id, title: GROUP_TITLES[id], findings: findings.filter((one) => groupOf(one) === id) }))
    .filter((group) => group.findings.length > 0);
}

function groupOf({ accepted, severity }: FindingView): FindingGroupId {
  return accepted === null ? severity : 'accepted';
}
