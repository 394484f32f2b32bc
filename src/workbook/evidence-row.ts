/** One row of the `Purser evidence` tab: what was understood of one booking, mail or file, and back. */
import * as v from 'valibot';
import type { SheetValue } from '../clients/google/sheets.ts';
import type { BookingWord } from '../statement/booking.ts';
import { cellText, wholeCharacters } from '../statement/cell-text.ts';
import { canonicalJson, sha256Hex } from '../statement/fingerprint.ts';
import { dollarsText } from '../statement/money.ts';

export const EVIDENCE_COLUMNS = [
  { header: 'Source', widthPx: 80 },
  { header: 'Id', widthPx: 140 },
  { header: 'Received', widthPx: 170 },
  { header: 'Said', widthPx: 90 },
  { header: 'Reference', widthPx: 130 },
  { header: 'Guests', widthPx: 240 },
  { header: 'Party', widthPx: 56 },
  { header: 'Date', widthPx: 90 },
  { header: 'Departs', widthPx: 70 },
  { header: 'Vessel', widthPx: 120 },
  { header: 'Amount', widthPx: 90 },
  { header: 'More', widthPx: 140 },
  { header: 'Not understood', widthPx: 320 },
  { header: 'Check', widthPx: 80 },
  { header: 'Link', widthPx: 220 },
] as const;

/** The column of the check, and how many come before it. */
export const CHECK_COLUMN = 13;

/** So that 5,000 rows read at once stay far below what a reply may hold, and a row can't outgrow a request. */
const LONGEST_LIST = 8000;
const LONGEST_ITEM = 500;

/** A booking mail's word, and its place among the words of its mail; `word` is null for a mail without a booking. */
export interface MailEvidence {
  readonly kind: 'mail';
  readonly messageId: string;
  readonly receivedAt: string;
  readonly word: BookingWord | null;
  /** From 1, of `of`. */
  readonly part: number;
  readonly of: number;
}

export interface FileEvidence {
  readonly kind: 'file';
  readonly id: string;
  /** ISO 8601 UTC, as Drive says it. */
  readonly modifiedTime: string;
  readonly sha256: string;
}

const SAID = ['requested', 'confirmed', 'amended', 'cancelled'] as const;
const Part = v.pipe(v.number(), v.integer(), v.minValue(1));
/** Each key is left out when it says nothing new. */
const MailMore = v.object({
  currency: v.optional(v.string(), ''),
  outsideCents: v.optional(v.pipe(v.number(), v.integer())),
  isNet: v.optional(v.boolean(), false),
  mailbox: v.optional(v.string()),
  part: v.optional(Part, 1),
  of: v.optional(Part, 1),
});
const FileMore = v.object({ sha256: v.string() });

/**
 * The cells of one mail, a row for each booking; one row that says so when it has none.
 * @param mailbox the address of the connected account whose mail it is; null: the built-in mailbox
 */
export function mailRows(
  messageId: string,
  words: readonly BookingWord[],
  receivedAt: string,
  link: string,
  mailbox: string | null = null,
): SheetValue[][] {
  if (words.length === 0) {
    const more = mailbox === null ? '' : canonicalJson({ mailbox });
    const none = ['mail', messageId, receivedAt, 'no booking', '', '', '', '', '', '', '', more, ''];
    return [checkedRow(none, link)];
  }
  const of = words.length;
  return words.map((word, index) => {
    const more = {
      ...(word.currency === null ? {} : { currency: shortened(word.currency) }),
      ...(word.outsideCents === null ? {} : { outsideCents: word.outsideCents }),
      ...(word.isNet ? { isNet: true } : {}),
      ...(word.mailbox === undefined ? {} : { mailbox: word.mailbox }),
      ...(of === 1 ? {} : { part: index + 1, of }),
    };
    const names = joined(word.guestNames, ';', ',');
    const problems = [...word.problems];
    if (names.leftOut > 0)
      problems.unshift(`${names.leftOut} of its guest names are left out: too long a list for a cell.`);
    const listed = joined(problems, '|', '/');
    const cells = [
      'mail',
      messageId,
      word.receivedAt,
      word.kind,
      shortened(word.reference ?? ''),
      names.text,
      String(word.partySize ?? ''),
      word.date ?? '',
      word.departs ?? '',
      shortened(word.vessel ?? ''),
      word.amountCents === null ? '' : dollarsText(word.amountCents),
      Object.keys(more).length === 0 ? '' : canonicalJson(more),
      listed.leftOut === 0 ? listed.text : `${listed.text} | And ${listed.leftOut} more.`,
    ];
    return checkedRow(cells, link);
  });
}

/** The cells of one trip-sheet file, under its name; `trips` is how many it tells of. */
export function fileRow(file: {
  readonly id: string;
  readonly name: string;
  readonly modifiedTime: string;
  readonly sha256: string;
  readonly trips: number;
  readonly url: string;
}): SheetValue[] {
  const more = canonicalJson({ sha256: file.sha256, trips: file.trips });
  const { id, modifiedTime } = file;
  const cells = [
    'trip sheet',
    id,
    modifiedTime,
    'file',
    shortened(file.name),
    '',
    '',
    '',
    '',
    '',
    '',
    more,
    '',
  ];
  return checkedRow(cells, file.url);
}

/** What a row says; null when it is not as Purser wrote it. `cells` as the API returns them, empty ends missing. */
export function readEvidenceRow(cells: readonly SheetValue[]): MailEvidence | FileEvidence | null {
  const texts = Array.from({ length: CHECK_COLUMN }, (_, column) => String(cells[column] ?? ''));
  if (String(cells[CHECK_COLUMN] ?? '') !== checkOf(texts)) return null;
  const [source, id = '', receivedAt = '', said = ''] = texts;
  const more = parsedJson(texts[11] ?? '');
  if (source === 'trip sheet') {
    const file = v.safeParse(FileMore, more);
    if (!file.success) return null;
    return { kind: 'file', id, modifiedTime: receivedAt, sha256: file.output.sha256 };
  }
  const mail = v.safeParse(MailMore, more);
  if (source !== 'mail' || !mail.success) return null;
  const { part, of, ...rest } = mail.output;
  const common = { kind: 'mail', messageId: id, receivedAt, part, of } as const;
  if (said === 'no booking') return { ...common, word: null };
  const kind = SAID.find((one) => one === said);
  const amountCents = centsOf(texts[10] ?? '');
  const partySize = texts[6] === '' ? null : Number(texts[6]);
  if (kind === undefined || amountCents === undefined || Number.isNaN(partySize)) return null;
  return {
    ...common,
    word: {
      messageId: id,
      ...(rest.mailbox === undefined ? {} : { mailbox: rest.mailbox }),
      receivedAt,
      kind,
      reference: texts[4] || null,
      guestNames: listOf(texts[5] ?? '', ';'),
      partySize,
      date: texts[7] || null,
      departs: texts[8] || null,
      vessel: texts[9] || null,
      amountCents,
      currency: rest.currency || null,
      outsideCents: rest.outsideCents ?? null,
      isNet: rest.isNet,
      problems: listOf(texts[12] ?? '', '|'),
    },
  };
}

/**
 * In which mailbox the mail of a row is that a person changed, as its cell “More” still says; null: the built-in one;
 * undefined when that can't be read any more.
 */
export function mailboxOfRow(cells: readonly SheetValue[]): string | null | undefined {
  if (cells[0] !== 'mail') return undefined;
  const more = v.safeParse(MailMore, parsedJson(String(cells[11] ?? '')));
  return more.success ? (more.output.mailbox ?? null) : undefined;
}

function checkedRow(cells: readonly string[], link: string): string[] {
  return [...cells, checkOf(cells), cellText(link)];
}

/** Without quotes at a cell's start: Sheets may take the first one for its own mark of a text. */
function checkOf(cells: readonly string[]): string {
  return sha256Hex(canonicalJson(cells.map((cell) => cell.replace(/^'+/, '')))).slice(0, 8);
}

/** A list in a cell; an item's own separators give way. What the cell can't hold is counted. */
function joined(
  items: readonly string[],
  separator: string,
  instead: string,
): { text: string; leftOut: number } {
  const kept: string[] = [];
  let length = 0;
  for (const [index, item] of items.entries()) {
    const fit = shortened(item.split(separator).join(instead));
    length += fit.length + 3;
    if (length > LONGEST_LIST) return { text: kept.join(between(separator)), leftOut: items.length - index };
    if (fit !== '') kept.push(fit);
  }
  return { text: kept.join(between(separator)), leftOut: 0 };
}

function listOf(text: string, separator: string): string[] {
  return text === '' ? [] : text.split(between(separator));
}

function between(separator: string): string {
  return separator === ';' ? '; ' : ` ${separator} `;
}

function shortened(text: string): string {
  const fit = cellText(text);
  return fit.length > LONGEST_ITEM ? `${wholeCharacters(fit, LONGEST_ITEM - 1)}…` : fit;
}

/** Cents of what `dollarsText` wrote; null for none, undefined for anything else. */
function centsOf(text: string): number | null | undefined {
  if (text === '') return null;
  return /^-?\d+\.\d\d$/.test(text) ? Number(text.replace('.', '')) : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}
