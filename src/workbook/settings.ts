/** The settings tab, read: every bad value is named with its cell. */
import { PurserError } from '../host/errors.ts';
import type { Mailbox } from '../statement/address.ts';
import { readAddresses } from '../statement/address.ts';
import type { EvidenceTolerances } from '../statement/evidence-audit/question.ts';
import type { FindingCode, Severity, SeverityOverrides } from '../statement/findings.ts';
import { FINDING_CODES } from '../statement/findings.ts';
import { cellAddress } from '../statement/grid.ts';
import type { Cents } from '../statement/money.ts';
import { NAME_PLACEHOLDERS } from '../statement/names.ts';
import { placeholdersIn } from '../statement/placeholders.ts';
import { cut } from '../statement/short-text.ts';
import { readCurrency, readRate } from './amount-settings.ts';
import { attributeNames } from './attribute-settings.ts';
import { readCalendar, readCalendarWords } from './calendar-settings.ts';
import { readAgents, readDateOrder, readDollars, readFolder, readWords } from './evidence-settings.ts';
import type { MailboxChoice } from './mailbox-setting.ts';
import { readMailbox } from './mailbox-setting.ts';
import type { BookingField, CharterAttribute, RosterAttribute, TripSheetField } from './settings-list.ts';
import {
  BOOKING_FIELDS,
  CHARTER_ATTRIBUTES,
  charterAttributeKey,
  ROSTER_ATTRIBUTES,
  rosterAttributeKey,
  SETTINGS,
  TRIP_SHEET_FIELDS,
  WORKBOOK_SETTING,
} from './settings-list.ts';
import { ERROR_VALUE } from './verify.ts';

export interface Settings {
  readonly company: string;
  readonly standardRateCents: Cents;
  readonly currency: string;
  readonly timeZone: string;
  readonly templateTab: string;
  readonly monthTabName: string;
  readonly fileName: string;
  readonly chartersTable: string;
  /** Null: scan the table. */
  readonly chartersIndex: string | null;
  readonly rosterTable: string;
  readonly primaryRegion: string;
  readonly secondRegion: string | null;
  readonly bookingMailFrom: MailboxChoice;
  /** Addresses and domains. */
  readonly bookingAgents: readonly string[];
  readonly bookingMailSearch: string;
  readonly bookingReachDays: number;
  readonly bookingWords: Readonly<Partial<Record<BookingField, readonly string[]>>>;
  /** Null: no trip sheets. */
  readonly tripSheetsFolderId: string | null;
  readonly tripSheetWords: Readonly<Partial<Record<TripSheetField, readonly string[]>>>;
  readonly dateOrder: 'month-first' | 'day-first';
  readonly tolerances: EvidenceTolerances;
  /** Null: no change asks for an explanation. */
  readonly explainOverPercent: number | null;
  /** Google's id, in lower case, or `primary`; null: charters are written to no calendar of the company. */
  readonly chartersCalendar: string | null;
  /** 5 to 1440: from departure to return. */
  readonly charterMinutes: number;
  /** Folded, without doubles: what makes an event of the Charters calendar a trip. */
  readonly calendarWords: readonly string[];
  readonly sendFrom: MailboxChoice;
  /** Null: those of last month's mail. */
  readonly recipients: readonly Mailbox[] | null;
  readonly alwaysCc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  /** 1 to 28. */
  readonly statementDay: number;
  readonly sendAutomatically: 'when clean' | 'never';
  /** 0: sent months are not watched. */
  readonly watchSentDays: number;
  readonly mailRecipientsADay: number;
  readonly severities: SeverityOverrides;
  /** The id of the workbook that these settings were written for; empty when Purser has not written it yet. */
  readonly workbook: string;
  readonly charterAttributes: Readonly<Record<CharterAttribute, string>>;
  readonly rosterAttributes: Readonly<Record<RosterAttribute, string>>;
}

/** What the workbook itself says, for settings left empty. */
export interface WorkbookDefaults {
  readonly title: string;
  readonly timeZone: string;
  /** `en_US` */
  readonly locale: string;
}

type Value = string | number | boolean | null;

/**
 * Settings from the rows of the tab, its first row being the header.
 * @throws PurserError `settings-invalid`, naming every bad value with its cell; its `cause` is the sentences, one for each.
 */
export function readSettings(
  title: string,
  rows: readonly (readonly Value[])[],
  workbook: WorkbookDefaults,
): Settings {
  const problems: string[] = [];
  const given = collectRows(title, rows, problems);
  const at = (key: string): string => given.get(fold(key))?.at ?? `${cellAddress(title, 0, 1)} (row missing)`;
  const text = (key: string): string => {
    const row = given.get(fold(key));
    return row === undefined ? fallbackOf(key) : row.value;
  };
  const bad = (key: string, why: string): void => {
    problems.push(`${at(key)} (${key}): ${why}`);
  };
  const pattern = (key: string, expression: RegExp, why: string, emptyToo = false): string => {
    const value = text(key);
    if (!(emptyToo && value === '') && !expression.test(value)) bad(key, `“${cut(value)}” ${why}`);
    return value;
  };
  const namePattern = (key: string, expression: RegExp, why: string): string => {
    const value = pattern(key, expression, why);
    const known: readonly string[] = NAME_PLACEHOLDERS;
    for (const name of placeholdersIn(value)) {
      if (!known.includes(name))
        bad(
          key,
          `there is no placeholder {{${cut(name)}}} for names; there are ${known.map((one) => `{{${one}}}`).join(', ')}.`,
        );
    }
    return value;
  };
  const addresses = (key: string): readonly Mailbox[] => {
    const reading = readAddresses(text(key));
    for (const problem of reading.problems) bad(key, `“${problem}” is not a mail address.`);
    return reading.mailboxes;
  };
  const mailbox = (key: string): MailboxChoice =>
    readMailbox(text(key), { setting: key, cell: at(key) }, (why) => bad(key, why));
  const whole = (key: string, least: number, most: number): number => {
    const value = text(key).replace(/\s*%$/, '');
    const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most))
      bad(key, `“${cut(text(key))}” is not a whole number from ${least} to ${most}.`);
    return number;
  };
  const tableName = /^[A-Za-z0-9_.-]{3,255}$/;
  const region = /^[a-z]{2}(-[a-z]+)+-\d$/;
  const recipients = addresses('Statement recipients');
  const settings: Settings = {
    company: text('Company') || workbook.title,
    standardRateCents: readRate(text('Standard rate'), (why) => bad('Standard rate', why)),
    currency: readCurrency(text('Currency'), (why) => bad('Currency', why)),
    timeZone: readZone(text('Time zone'), (why) => bad('Time zone', why)) || workbook.timeZone,
    templateTab: pattern('Template tab', /\S/, 'is empty; name the Template tab.'),
    monthTabName: namePattern(
      'Month tab name',
      /\{\{\s*month(\.iso)?\s*\}\}/,
      'must contain {{month}} or {{month.iso}}.',
    ),
    fileName: namePattern(
      'File name',
      /^(?!.*[\\/:*?"<>|\r\n]).*\{\{\s*month(\.iso)?\s*\}\}/,
      'must contain {{month}} or {{month.iso}} and none of \\ / : * ? " < > |.',
    ),
    chartersTable: pattern('Charters table', tableName, 'is not a DynamoDB table name.'),
    chartersIndex: pattern('Charters index', tableName, 'is not a DynamoDB index name.', true) || null,
    rosterTable: pattern('Roster table', tableName, 'is not a DynamoDB table name.'),
    primaryRegion: pattern('Primary region', region, 'is not an AWS region such as us-east-1.'),
    secondRegion: pattern('Second region', region, 'is not an AWS region such as us-west-2.', true) || null,
    bookingMailFrom: mailbox('Booking mail from'),
    bookingAgents: readAgents(text('Booking agent'), (why) => bad('Booking agent', why)),
    bookingMailSearch: pattern('Booking mail search', /^[^\r\n]*$/, 'must be one line.'),
    bookingReachDays: whole('Booking mail reaches back', 1, 1000),
    bookingWords: readWords(text('Booking words'), BOOKING_FIELDS, (why) => bad('Booking words', why)),
    tripSheetsFolderId: readFolder(text('Trip sheets folder'), (why) => bad('Trip sheets folder', why)),
    tripSheetWords: readWords(text('Trip sheet words'), TRIP_SHEET_FIELDS, (why) =>
      bad('Trip sheet words', why),
    ),
    dateOrder: readDateOrder(text('Date order'), workbook.locale, (why) => bad('Date order', why)),
    tolerances: {
      guests: whole('Guests may differ by', 0, 1000),
      amountCents: readDollars(text('Amounts may differ by'), (why) => bad('Amounts may differ by', why)),
      compsPerCharter: text('Comps a charter') === '' ? null : whole('Comps a charter', 0, 1000),
      rateOutlierPercent: whole('Rate outlier', 0, 10_000),
      minutesBetweenDepartures: whole('Minutes between departures', 0, 1440),
    },
    explainOverPercent:
      text('Explain changes over') === '' ? null : whole('Explain changes over', 0, 100_000),
    chartersCalendar: readCalendar(text('Charters calendar'), (why) => bad('Charters calendar', why)),
    charterMinutes: whole('Charter lasts', 5, 1440),
    calendarWords: readCalendarWords(text('Calendar words')),
    sendFrom: mailbox('Send from'),
    recipients: text('Statement recipients') === '' ? null : recipients,
    alwaysCc: addresses('Always CC'),
    replyTo: addresses('Reply to'),
    subject: namePattern(
      'Statement subject',
      /^[^\r\n]*\{\{\s*month(\.iso)?\s*\}\}[^\r\n]*$/,
      'must be one line and contain {{month}} or {{month.iso}}.',
    ),
    statementDay: Number(pattern('Statement day', /^([1-9]|1\d|2[0-8])$/, 'is not a day from 1 to 28.')),
    sendAutomatically: readSending(text('Send automatically'), (why) => bad('Send automatically', why)),
    watchSentDays: whole('Watch sent months', 0, 3650),
    mailRecipientsADay: whole('Mail recipients a day', 1, 10_000),
    severities: readSeverities(text('Severities'), (why) => bad('Severities', why)),
    workbook: text(WORKBOOK_SETTING),
    charterAttributes: attributeNames(CHARTER_ATTRIBUTES, charterAttributeKey, text, bad),
    rosterAttributes: attributeNames(ROSTER_ATTRIBUTES, rosterAttributeKey, text, bad),
  };
  if (settings.secondRegion === settings.primaryRegion)
    bad('Second region', 'is the primary region; empty it or name another.');
  if (problems.length > 0) {
    throw new PurserError('settings-invalid', {
      what: `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} not right: ${problems.join(' ')}`,
      now: `Correct ${problems.length === 1 ? 'it' : 'them'} in the tab “${title}” and try again.`,
      data: { problems: problems.length },
      cause: problems,
    });
  }
  return settings;
}

function collectRows(
  title: string,
  rows: readonly (readonly Value[])[],
  problems: string[],
): Map<string, { value: string; at: string }> {
  const known = new Set(SETTINGS.map(({ key }) => fold(key)));
  const given = new Map<string, { value: string; at: string }>();
  rows.forEach((row, index) => {
    const key = String(row[0] ?? '').trim();
    const at = cellAddress(title, index, 1);
    if (index === 0) return;
    if (key === '') {
      const value = String(row[1] ?? '').trim();
      if (value !== '')
        problems.push(
          `${at}: “${cut(value)}” stands beside no setting; name it in ${cellAddress(title, index, 0)}.`,
        );
      return;
    }
    if (!known.has(fold(key))) {
      problems.push(`${cellAddress(title, index, 0)}: there is no setting “${cut(key)}”.`);
    } else if (ERROR_VALUE.test(String(row[1] ?? ''))) {
      problems.push(`${at} (${key}): the formula there shows ${String(row[1]).slice(0, 20)}.`);
    } else if (given.has(fold(key))) {
      problems.push(`${cellAddress(title, index, 0)}: the setting “${cut(key)}” is there twice.`);
    } else {
      given.set(fold(key), { value: String(row[1] ?? '').trim(), at });
    }
  });
  return given;
}

/** Key of a setting as it is compared: people type other cases and spaces. */
export function fold(key: string): string {
  return key.trim().replace(/\s+/g, ' ').toLowerCase();
}

function fallbackOf(key: string): string {
  return SETTINGS.find((setting) => setting.key === key)?.fallback ?? '';
}

/** Utilities.formatDate takes an unknown zone for GMT without a word, so that it must be noticed here. */
function readZone(value: string, bad: (why: string) => void): string {
  try {
    if (value !== '') new Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    bad(`“${value.slice(0, 60)}” is not a time zone such as America/New_York.`);
  }
  return value;
}

function readSending(value: string, bad: (why: string) => void): 'when clean' | 'never' {
  const folded = fold(value);
  if (folded === 'when clean' || folded === 'never') return folded;
  bad(`“${cut(value)}” is neither “when clean” nor “never”.`);
  return 'never';
}

function readSeverities(value: string, bad: (why: string) => void): SeverityOverrides {
  const overrides: Partial<Record<FindingCode, Severity>> = {};
  for (const part of value.split(/[,;\n]/)) {
    if (part.trim() === '') continue;
    const [code = '', severity = ''] = part.split('=').map(fold);
    if (!isFindingCode(code)) bad(`there is no finding “${cut(code)}”.`);
    else if (severity !== 'block' && severity !== 'warn' && severity !== 'info') {
      bad(`${code} must be block, warn or info, not “${cut(severity)}”.`);
    } else if (code === 'item-unreadable' && severity === 'info') {
      bad('item-unreadable can’t be info: the statement lacks that charter, so a person must look.');
    } else overrides[code] = severity;
  }
  return overrides;
}

function isFindingCode(code: string): code is FindingCode {
  return (FINDING_CODES as readonly string[]).includes(code);
}
