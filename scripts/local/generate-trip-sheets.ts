/** Trip sheets of a generated month: files of thirty charters each, as four offices would keep them. */
import type { CharterItem, CrewItem } from './generate.ts';
import type { Party } from './generate-parties.ts';
import type { Row } from './office-files.ts';
import { csvBytes, xlsxBytes } from './office-files.ts';

export interface GeneratedTripSheet {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly kind: 'csv' | 'xlsx';
}

/** A charter that sailed, and who had booked. */
export interface Trip {
  readonly charter: CharterItem;
  readonly parties: readonly Party[];
}

const TRIPS_A_FILE = 30;

export function tripSheetFiles(
  month: string,
  trips: readonly Trip[],
  roster: readonly CrewItem[],
): GeneratedTripSheet[] {
  const names = new Map(roster.map(({ crewId, name }) => [crewId, name]));
  const captainOf = ({ crew }: CharterItem): string => names.get(crew[0] ?? '') ?? 'the captain';
  const files: GeneratedTripSheet[] = [];
  for (let from = 0; from < trips.length; from += TRIPS_A_FILE) {
    const number = String(files.length + 1).padStart(3, '0');
    const some = trips.slice(from, from + TRIPS_A_FILE);
    const layout = LAYOUTS[files.length % LAYOUTS.length] ?? captainsLog;
    files.push(layout(`Trip sheets ${month} ${number}`, some, captainOf));
  }
  return files;
}

type Layout = (
  title: string,
  trips: readonly Trip[],
  captainOf: (charter: CharterItem) => string,
) => GeneratedTripSheet;

/** One row a trip. */
const captainsLog: Layout = (title, trips, captainOf) =>
  csv(title, ',', [
    [
      'Charter',
      'Date',
      'Departure',
      'Vessel',
      'Captain',
      'Boarded',
      'No-shows',
      'Comps',
      'Comp details',
      'Signed',
    ],
    ...trips.map(
      ({ charter }): Row => [
        charter.charterId,
        charter.date,
        charter.departs,
        charter.vessel,
        captainOf(charter),
        charter.guests,
        charter.noShows ?? 0,
        charter.comps,
        compsOf(charter)
          .map(({ person, reason }) => `${person} (${reason})`)
          .join('; '),
        captainOf(charter),
      ],
    ),
  ]);

/** One row a party, with the trip in each. */
const guestRows: Layout = (title, trips) =>
  csv(title, ';', [
    ['Trip ID', 'Trip date', 'Departs', 'Boat', 'Booking', 'Guest', 'Pax', 'Status'],
    ...trips.flatMap(({ charter, parties }) => {
      const trip = [charter.charterId, charter.date, charter.departs, charter.vessel];
      return [
        ...partyRows(charter, parties).map(
          ({ party, aboard }): Row => [...trip, party.reference, turned(party.name), aboard, 'boarded'],
        ),
        ...absentRows(charter, parties).map(
          ({ party, absent }): Row => [...trip, party.reference, turned(party.name), absent, 'no-show'],
        ),
        ...compsOf(charter).map(({ person, reason }): Row => [...trip, '', person, 1, `comp - ${reason}`]),
      ];
    }),
  ]);

/** One sheet below the other. */
const papers: Layout = (title, trips, captainOf) =>
  csv(
    title,
    '\t',
    trips.flatMap(({ charter, parties }) => [
      ['Charter', charter.charterId],
      ['Date', slashed(charter.date)],
      ['Departs', charter.departs],
      ['Vessel', charter.vessel],
      ['Captain', captainOf(charter)],
      ['Booking', 'Guest', 'Boarded', 'Comps', 'Comp reason'],
      ...partyRows(charter, parties).map(
        ({ party, aboard }): Row => [party.reference, party.name, aboard, 0, ''],
      ),
      ...compsOf(charter).map(({ person, reason }): Row => ['', person, 1, 1, reason]),
      ['Total', '', charter.guests, charter.comps, ''],
      ['No-shows', charter.noShows ?? 0],
      ['Signed', captainOf(charter)],
      [],
    ]),
  );

/** One row a trip below a header of two rows, the upper one merged. */
const mergedLog: Layout = (title, trips, captainOf) =>
  xlsx(title, [
    {
      name: 'Log',
      merges: [
        [0, 0, 8],
        [1, 0, 3],
        [1, 4, 5],
        [1, 6, 7],
      ],
      rows: [
        [title],
        ['Trip', null, null, null, 'Headcount', null, 'Comps', null, 'Signature'],
        [
          'Charter',
          'Date',
          'Departs',
          'Vessel',
          'Boarded',
          'No-show',
          'Count',
          'Person and reason',
          'Captain',
        ],
        ...trips.map(
          ({ charter }): Row => [
            charter.charterId,
            charter.date,
            charter.departs,
            charter.vessel,
            charter.guests,
            charter.noShows ?? 0,
            charter.comps,
            compsOf(charter)
              .map(({ person, reason }) => `${person} (${reason})`)
              .join('; '),
            captainOf(charter),
          ],
        ),
      ],
    },
  ]);

/** A tab for each trip, with a merged title and a merged row above the header of the list. */
const tabs: Layout = (title, trips, captainOf) =>
  xlsx(
    title,
    trips.map(({ charter, parties }) => ({
      name: charter.charterId,
      merges: [
        [0, 0, 4],
        [6, 0, 1],
        [6, 3, 4],
      ],
      rows: [
        [`Trip sheet of ${charter.vessel}`],
        ['Charter ID', charter.charterId],
        ['Date', charter.date],
        ['Departure', charter.departs],
        ['Vessel', charter.vessel],
        ['No-shows', charter.noShows ?? 0],
        ['Guests', null, 'Headcount', 'Comps', null],
        ['Booking', 'Name', 'Boarded', 'Person', 'Reason'],
        ...partyRows(charter, parties).map(
          ({ party, aboard }): Row => [party.reference, party.name, aboard, null, null],
        ),
        ...compsOf(charter).map(({ person, reason }): Row => [null, person, 1, person, reason]),
        ['Total', null, charter.guests],
        ['Signed by', captainOf(charter)],
      ],
    })),
  );

const LAYOUTS = [captainsLog, mergedLog, guestRows, tabs, papers] as const satisfies readonly Layout[];

interface Comp {
  readonly person: string;
  readonly reason: string;
}

/** `Marek Novák, crew guest; Ruth Adeyemi, apology`: a person and a reason each. */
function compsOf({ comps, compNotes }: CharterItem): Comp[] {
  if (comps === 0) return [];
  return (compNotes ?? '').split('; ').map((note) => {
    const at = note.indexOf(', ');
    return { person: note.slice(0, at), reason: note.slice(at + 2) };
  });
}

/** The parties with those of them who came: whoever booked a place and did not show is of the first. */
function partyRows(charter: CharterItem, parties: readonly Party[]): { party: Party; aboard: number }[] {
  const missing = absent(charter, parties);
  return parties.map((party, index) => ({ party, aboard: party.heads - (index === 0 ? missing : 0) }));
}

function absentRows(charter: CharterItem, parties: readonly Party[]): { party: Party; absent: number }[] {
  const [party] = parties;
  return party === undefined || (charter.noShows ?? 0) === 0 ? [] : [{ party, absent: charter.noShows ?? 0 }];
}

function absent({ guests, comps }: CharterItem, parties: readonly Party[]): number {
  return parties.reduce((sum, { heads }) => sum + heads, 0) - (guests - comps);
}

/** `Weiß, Niamh` */
function turned(name: string): string {
  const at = name.lastIndexOf(' ');
  return `${name.slice(at + 1)}, ${name.slice(0, at)}`;
}

function slashed(date: string): string {
  return `${Number(date.slice(5, 7))}/${Number(date.slice(8))}/${date.slice(0, 4)}`;
}

function csv(title: string, separator: ',' | ';' | '\t', rows: readonly Row[]): GeneratedTripSheet {
  return { name: `${title}.csv`, bytes: csvBytes(separator, rows), kind: 'csv' };
}

function xlsx(title: string, tabs: Parameters<typeof xlsxBytes>[0]): GeneratedTripSheet {
  return { name: `${title}.xlsx`, bytes: xlsxBytes(tabs), kind: 'xlsx' };
}
