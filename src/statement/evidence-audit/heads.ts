/** Guests by ledger, bookings and trip sheet: `guests-differ` and `headcount-broken`. */
import type { Cents } from '../money.ts';
import { formatMoney } from '../money.ts';
import type { Sums } from './booked.ts';
import { bookedOn, canBe } from './booked.ts';
import type { CharterInQuestion, EvidenceAuditInput, EvidenceDraft } from './question.ts';
import { askedWords, counted, linksTo, nameOf, worthOf, worthWords } from './question.ts';

export interface HeadFindings {
  readonly drafts: readonly EvidenceDraft[];
  /** By how much other heads explain a difference between recorded and booked money. */
  readonly explainsCents: readonly Cents[];
}

const NOTHING: HeadFindings = { drafts: [], explainsCents: [] };

/**
 * The sheet's boarded heads must be the ledger's guests. Booked heads must be the paying guests, with or without the
 * comps, and with or without all no-shows: agents differ in whether they book them.
 */
export function headFindings(question: CharterInQuestion, input: EvidenceAuditInput): HeadFindings {
  const { charter, evidence } = question;
  if (!question.hasHeads) return aboardThough(question, input);
  const tolerance = input.tolerances.guests;
  const boarded = distinct(evidence.sheets.map((sheet) => sheet.boarded));
  const off = boarded.find((heads) => Math.abs(heads - charter.guests) > tolerance);
  const { heads: booked } = bookedOn(evidence, input.dayOf);
  const noShows = noShowCounts(question);
  const paying = charter.guests - charter.comps;
  const fits =
    booked === null ||
    [0, ...noShows].some((absent) =>
      canBe(booked, paying + absent - tolerance, charter.guests + absent + tolerance),
    );
  if (off === undefined && fits) return broken(question, input, boarded, noShows);
  const listed = compsListed(question);
  const told =
    off !== undefined
      ? Math.max(0, off - (listed === 0 ? charter.comps : listed))
      : payingBooked(booked?.likely ?? 0, paying, charter.guests, noShows);
  return asFinding(question, input, paying - told, {
    code: 'guests-differ',
    what: guestWords(question, boarded, booked),
  });
}

/** Of the paying guests that the bookings can mean, the number nearest to the ledger's. */
function payingBooked(booked: number, paying: number, guests: number, noShows: readonly number[]): number {
  const absent = Math.max(0, ...noShows);
  const present = booked > guests ? Math.max(guests, booked - absent) : booked;
  return present > guests ? paying + present - guests : present;
}

/** The equation of the sheet: those aboard are the paying guests and its comps, no-shows apart. */
function broken(
  question: CharterInQuestion,
  input: EvidenceAuditInput,
  boarded: readonly number[],
  noShows: readonly number[],
): HeadFindings {
  const { charter, evidence } = question;
  const listed = compsListed(question);
  const paying = charter.guests - charter.comps;
  // A sheet without a list of comps says nothing of them.
  const comps = listed > 0 && listed !== charter.comps && boarded.length > 0 ? listed : null;
  if (comps === null && noShows.length < 2) return NOTHING;
  const parts: string[] = [];
  if (comps !== null) {
    parts.push(
      `${charter.guests} went aboard, which is not ${paying} paying by the ledger and ${counted(comps, 'comp')} on the trip sheet; the ledger counts ${counted(charter.comps, 'comp')}`,
    );
  }
  if (noShows.length > 1) {
    const sheets = distinct(evidence.sheets.map((sheet) => sheet.noShows)).join(' and ');
    parts.push(`no-shows are ${charter.noShows ?? 'none'} by the ledger and ${sheets} by the trip sheet`);
  }
  const apart = comps === null ? null : comps - charter.comps;
  return asFinding(question, input, apart, { code: 'headcount-broken', what: parts.join('; ') });
}

/** People aboard by the sheet, of a charter that did not sail by the ledger; paid ones are `cancelled-but-paid`. */
function aboardThough(question: CharterInQuestion, input: EvidenceAuditInput): HeadFindings {
  const { charter, evidence, line } = question;
  if (charter.status !== 'cancelled' && charter.status !== 'no-show') return NOTHING;
  const aboard = Math.max(0, ...distinct(evidence.sheets.map((sheet) => sheet.boarded)));
  if (aboard <= input.tolerances.guests || line.differenceCents > 0) return NOTHING;
  const paying = Math.max(0, aboard - compsListed(question));
  const cents = worthOf(-paying, question.price);
  return {
    drafts: [
      {
        code: 'guests-differ',
        charterId: charter.id,
        cents,
        message: `${nameOf(charter)} did not sail by the ledger, but ${counted(aboard, 'guest')} went aboard by the trip sheet.${worthWords(cents, input.currency)} Correct the status, or the sheet.`,
        links: linksTo(input, charter.id, evidence.bookings, evidence.sheets),
      },
    ],
    explainsCents: [],
  };
}

function asFinding(
  question: CharterInQuestion,
  input: EvidenceAuditInput,
  apart: number | null,
  about: { readonly code: 'guests-differ' | 'headcount-broken'; readonly what: string },
): HeadFindings {
  const { charter, evidence, line, price } = question;
  const worth = apart === null ? null : worthOf(apart, price);
  // The ledger contradicts itself by just this much: its revenue is of the heads that the others tell.
  const isCause = worth !== null && worth !== 0 && line.differenceCents === -worth;
  const cents = isCause ? line.differenceCents : worth;
  const money = isCause
    ? ` Its recorded ${formatMoney(line.recordedCents, input.currency)} is what the others’ count comes to, ${formatMoney(Math.abs(worth), input.currency)} apart from the ledger’s own.`
    : worthWords(cents, input.currency);
  const draft: EvidenceDraft = {
    code: about.code,
    charterId: charter.id,
    cents,
    message: `${nameOf(charter)}: ${about.what}.${money}${askedWords(evidence.requested)} Correct the one that is wrong.`,
    links: linksTo(input, charter.id, evidence.bookings, evidence.sheets),
    ...(isCause ? { severity: 'block', replaces: ['revenue-differs'] } : {}),
  };
  return { drafts: [draft], explainsCents: worth === null || worth === 0 ? [] : [worth] };
}

function guestWords(
  { charter, evidence }: CharterInQuestion,
  boarded: readonly number[],
  booked: Sums | null,
): string {
  const parts = [`${charter.guests} by the ledger`];
  if (boarded.length > 0) {
    parts.push(`${boarded.join(' and ')} by the trip ${evidence.sheets.length === 1 ? 'sheet' : 'sheets'}`);
  }
  if (booked !== null) parts.push(`${booked.likely} by the bookings`);
  const apart: string[] = [];
  if (charter.comps > 0) apart.push(counted(charter.comps, 'comp'));
  if (charter.noShows !== null && charter.noShows > 0) apart.push(counted(charter.noShows, 'no-show'));
  const beside = apart.length === 0 ? '' : ` (with ${apart.join(' and ')} in the ledger)`;
  return `guests are ${parts.slice(0, -1).join(', ')}${parts.length > 1 ? ' and ' : ''}${parts[parts.length - 1] ?? ''}${beside}`;
}

/** Each count that somebody tells; one when all agree. */
function noShowCounts({ charter, evidence }: CharterInQuestion): number[] {
  return distinct([charter.noShows, ...evidence.sheets.map((sheet) => sheet.noShows)]);
}

/** Two sheets of one charter may list the same comps. */
function compsListed({ evidence }: CharterInQuestion): number {
  return Math.max(
    0,
    ...evidence.sheets.map((sheet) => sheet.comps.reduce((sum, { heads }) => sum + heads, 0)),
  );
}

function distinct(counts: readonly (number | null)[]): number[] {
  return [...new Set(counts.filter((count): count is number => count !== null))].sort((a, b) => a - b);
}
