/** A month from DynamoDB items to its evidence file, without a platform: what proves it, and what is to come out. */
import { gunzipSync } from 'node:zlib';
import { readItemLines } from '../../scripts/local/aws/export-lines.ts';
import { generateMonth } from '../../scripts/local/generate.ts';
import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import type { ProofSource } from '../../src/run/proof.ts';
import { proofBytes, proofOf } from '../../src/run/proof.ts';
import { statementFile } from '../../src/run/statement-file.ts';
import type { LedgerItems } from '../../src/sources/ledger.ts';
import { readItems } from '../../src/sources/ledger.ts';
import type { Booking } from '../../src/statement/booking.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { DEFAULT_TOLERANCES } from '../../src/statement/evidence-audit/question.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import type { StatementInput } from '../../src/statement/input.ts';
import { dayIn } from '../../src/statement/local-day.ts';
import type { Places } from '../../src/statement/places.ts';
import { placeLinks } from '../../src/statement/places.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import { readTemplate } from '../../src/statement/template.ts';
import type { TripSheet } from '../../src/statement/trip-sheet.ts';
import { CHARTER_ATTRIBUTES, ROSTER_ATTRIBUTES } from '../../src/workbook/settings-list.ts';
import { input as sampleInput } from '../statement/samples.ts';

function named<A extends string>(names: readonly A[]): Record<A, string> {
  const own = {} as Record<A, string>;
  for (const name of names) own[name] = name;
  return own;
}

export const ATTRIBUTES = {
  charterAttributes: named(CHARTER_ATTRIBUTES),
  rosterAttributes: named(ROSTER_ATTRIBUTES),
};

export const PLACES: Places = {
  chartersTable: 'crew-dispatch',
  primaryRegion: 'us-east-1',
  secondRegion: 'us-west-2',
  workbookUrl: 'https://docs.google.com/spreadsheets/d/wb/edit',
  tabIds: { 'Purser adjustments': 7 },
  timeZone: 'America/New_York',
};

export function items(plain: readonly object[], key: string): readonly AttributeMap[] {
  const lines = plain.map((item) => JSON.stringify(item)).join('\n');
  const read = readItemLines(lines, key, []);
  if (read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  return read.items;
}

/** A generated month of both regions, its items alike. */
export function ledgerItems(charters: number, seed = 5): LedgerItems {
  const month = generateMonth({ month: '2026-05', charters, seed });
  const region = {
    charters: items(month.charters, 'charterId'),
    roster: items(month.roster, 'crewId'),
  };
  return { primary: region, second: region, lost: [] };
}

/** What a booking mail and a trip sheet say of a charter, in the charter's own words. */
export function witnessesOf(charter: Charter): { booking: Booking; sheet: TripSheet } {
  const reference = charter.bookingRefs[0] ?? null;
  const said = {
    reference,
    guestNames: ['Amélie 𝒪’Brânză'],
    partySize: charter.guests - charter.comps,
    date: charter.date,
    departs: charter.departs,
    vessel: charter.vessel,
    amountCents: charter.recordedCents,
    outsideCents: null,
    isNet: false,
  };
  return {
    booking: {
      ...said,
      key: reference ?? charter.id,
      cancelled: false,
      requested: false,
      history: [
        {
          ...said,
          messageId: `mail-${charter.id}`,
          receivedAt: '2026-05-01T02:00:00Z',
          kind: 'confirmed',
          currency: 'USD',
          problems: [],
        },
      ],
    },
    sheet: {
      fileId: `file-${charter.id}`,
      fileName: `${charter.id}.csv`,
      tab: '',
      charterId: charter.id,
      date: charter.date,
      departs: charter.departs,
      vessel: charter.vessel,
      boarded: charter.guests,
      noShows: charter.noShows,
      guestNames: [],
      comps: [],
      signedBy: 'T. Archer',
      problems: [],
      notes: [],
    },
  };
}

export function provenMonth(
  ledger: LedgerItems,
  changes: Partial<StatementInput> = {},
  more: Partial<ProofSource> = {},
): ProofSource {
  const { readings, roster } = readItems(ledger, ATTRIBUTES);
  const charters = readings.flatMap((reading) => (reading.readable ? [reading.charter] : []));
  const witnesses = charters.map(witnessesOf);
  const input: StatementInput = {
    ...sampleInput(readings),
    roster,
    linksOf: placeLinks(PLACES),
    witnesses: {
      asked: { bookings: true, tripSheets: true },
      tolerances: DEFAULT_TOLERANCES,
      dayOf: dayIn(PLACES.timeZone),
      bookings: witnesses.map(({ booking }) => booking),
      tripSheets: witnesses.map(({ sheet }) => sheet),
    },
    ...changes,
  };
  const reading = readTemplate(houseTemplate('Template', 'USD'));
  if (!reading.ok) throw new Error(reading.problems.join(' '));
  const { template } = reading;
  const calculation = calculate(input);
  const { statement } = calculation;
  const plan = makeSheetPlan(template, statement, 'May 2026');
  // As if the sheet had computed each formula.
  const read = (row: number, column: number): number | null =>
    plan.rows[row]?.[column]?.input.kind === 'formula' ? row * 100 + column + 0.25 : null;
  return {
    input,
    places: PLACES,
    items: ledger,
    attributes: ATTRIBUTES,
    tripSheetFiles: [{ id: 'file-1', name: 'May.csv', sha256: 'ab'.repeat(32) }],
    settingsRows: [
      ['Setting', 'Value', 'What it means'],
      ['Company', 'Heron Charters', 'Who it is'],
      ['Standard rate', 125],
      ['', 'beside nothing'],
    ],
    calculation,
    recipients: { to: [{ name: 'Grace', address: 'grace@partner.example' }], cc: [] },
    subject: 'Heron Charters revenue statement, May 2026',
    template,
    monthTitle: 'May 2026',
    file: statementFile(statement, plan, read, '2026-06-01T10:00:00.000Z'),
    fileName: 'statement-2026-05.xlsx',
    sent: null,
    ...more,
  };
}

/** The evidence file of a month, as whoever downloads it reads it. */
export function evidenceOf(source: ProofSource): Evidence {
  return readEvidence(proofBytes(proofOf(source)));
}

export interface Evidence {
  content: Record<string, unknown>;
  kind: string;
  schema: number;
  sha256: string;
}

export function readEvidence(bytes: Uint8Array): Evidence {
  return JSON.parse(gunzipSync(bytes).toString('utf8')) as Evidence;
}
