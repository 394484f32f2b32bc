/** What Blue Heron sailed in May 2025 and from January to May 2026, in the order in which the office entered it. */
import type { CharterItem } from '../local/generate.ts';
import { MAY_2025 } from './last-year.ts';
import {
  AYA,
  DELPHINE,
  ETOILE,
  HERON,
  JOSE,
  LUKASZ,
  MARGARETHE,
  OSPREY,
  SIOBHAN,
  TOLLIVER,
  TOM,
  WES,
  ZOE,
} from './operator.ts';
import type { Sailing } from './sailings.ts';
import { charterItems, hire, sail } from './sailings.ts';

const SUNSET_CENTS = 9_500;

const JANUARY: readonly Sailing[] = [
  sail('01-03 11:00', HERON, [TOM, SIOBHAN], [2, 4, 2]),
  sail('01-10 11:00', HERON, [TOM, SIOBHAN, WES], [4, 3]),
  hire('01-14 12:00', OSPREY, [JOSE], 4, { flatCents: 72_000 }),
  sail('01-17 11:00', HERON, [ZOE, DELPHINE], [2, 2], { cancelled: 'ice in the creek' }),
  sail('01-18 13:00', ETOILE, [ZOE, LUKASZ], [2, 3], { noShows: 1 }),
  sail('01-24 11:00', HERON, [TOM, DELPHINE], [6, 2], { comps: ['Wesley Tran’s mother, crew guest'] }),
  hire('01-31 15:00', ETOILE, [JOSE, AYA], 6, { rateCents: 14_000, gratuityCents: 12_000 }),
];

const FEBRUARY: readonly Sailing[] = [
  sail('02-01 11:00', HERON, [TOM, SIOBHAN], [4, 2]),
  sail('02-07 11:00', HERON, [TOM, DELPHINE], [2, 2, 2]),
  hire('02-14 16:30', ETOILE, [ZOE, MARGARETHE], 8, { flatCents: 148_000, gratuityCents: 20_000 }),
  sail('02-14 16:30', HERON, [TOM, SIOBHAN, WES], [2, 2, 2, 2, 2, 2], { rateCents: SUNSET_CENTS }),
  sail('02-15 13:00', ETOILE, [ZOE, LUKASZ], [4, 3], { discountCents: 5_000 }),
  sail('02-21 11:00', HERON, [JOSE, DELPHINE], [5, 2], { cancelled: 'gale warning' }),
  hire('02-22 10:00', OSPREY, [JOSE], 5, { flatCents: 72_000 }),
  sail('02-28 11:00', HERON, [TOM, SIOBHAN, AYA], [4, 4, 1], { noShows: 2 }),
];

const MARCH: readonly Sailing[] = [
  sail('03-01 11:00', HERON, [TOM, SIOBHAN], [2, 4]),
  sail('03-07 11:00', HERON, [TOM, DELPHINE], [4, 2, 3]),
  sail('03-08 13:00', ETOILE, [ZOE, LUKASZ], [2, 2]),
  hire('03-12 17:00', TOLLIVER, [JOSE, SIOBHAN, MARGARETHE], 16, {
    flatCents: 240_000,
    feesCents: 6_000,
    gratuityCents: 36_000,
  }),
  sail('03-14 11:00', HERON, [TOM, DELPHINE, WES], [4, 4, 2]),
  sail('03-14 15:00', ETOILE, [ZOE, AYA], [6], {
    comps: ['Hal Brandt of the Eastport Inn, trade for winter dockage'],
  }),
  sail('03-15 11:00', HERON, [TOM, SIOBHAN], [3, 2], { cancelled: 'small craft advisory' }),
  sail('03-17 17:30', TOLLIVER, [JOSE, SIOBHAN, MARGARETHE], [4, 6, 2, 2], { rateCents: SUNSET_CENTS }),
  sail('03-21 11:00', HERON, [TOM, DELPHINE], [5, 2], { refundCents: 12_500 }),
  hire('03-21 13:00', OSPREY, [JOSE], 6, { rateCents: 13_000 }),
  sail('03-22 13:00', ETOILE, [ZOE, LUKASZ], [4, 2, 2]),
  sail('03-28 11:00', HERON, [TOM, SIOBHAN, WES], [6, 4, 2], { noShows: 1 }),
  sail('03-29 13:00', ETOILE, [ZOE, AYA], [3, 4], { discountCents: 6_250 }),
];

/** Held: README.md lists what is wrong with it. */
const APRIL: readonly Sailing[] = [
  sail('04-02 11:00', HERON, [TOM, SIOBHAN], [4, 2]),
  sail('04-04 11:00', HERON, [TOM, DELPHINE, WES], [4, 4, 3]),
  sail('04-04 15:00', ETOILE, [ZOE, LUKASZ], [2, 4]),
  sail('04-05 13:00', TOLLIVER, [JOSE, SIOBHAN, MARGARETHE], [6, 4, 4], {
    comps: ['Reverend Alma Pryce, blessing of the fleet'],
  }),
  hire('04-09 17:00', ETOILE, [ZOE, AYA], 10, { flatCents: 165_000, gratuityCents: 24_000 }),
  // Eight sailed, and nine places were entered.
  sail('04-11 11:00', HERON, [TOM, DELPHINE], [4, 2, 2], { recordedCents: 112_500 }),
  sail('04-11 15:00', ETOILE, [ZOE, LUKASZ], [3, 2]),
  sail('04-12 13:00', HERON, [TOM, SIOBHAN], [6, 2, 2], { noShows: 1 }),
  sail('04-16 18:00', TOLLIVER, [JOSE, DELPHINE, MARGARETHE], [4, 6, 2], { rateCents: SUNSET_CENTS }),
  // A deposit that nobody gave back.
  sail('04-17 11:00', HERON, [TOM, WES], [2], { cancelled: 'engine would not start', recordedCents: 25_000 }),
  // The price was agreed by telephone.
  hire('04-18 10:00', OSPREY, [JOSE], 6, { recordedCents: 145_000 }),
  sail('04-18 11:00', HERON, [TOM, SIOBHAN, AYA], [6, 4, 4]),
  // Nobody wrote down who came along.
  sail('04-18 15:00', ETOILE, [ZOE, LUKASZ], [4, 2], { comps: ['trade'] }),
  sail('04-19 13:00', HERON, [TOM, DELPHINE], [2, 5], { cancelled: 'thunderstorms' }),
  sail('04-23 18:00', TOLLIVER, [JOSE, SIOBHAN, MARGARETHE], [2, 2, 6], { rateCents: SUNSET_CENTS }),
  sail('04-25 11:00', HERON, [TOM, DELPHINE, WES], [4, 4, 4, 2], { feesCents: 4_375 }),
  sail('04-25 15:00', ETOILE, [ZOE, AYA], [4, 2]),
  hire('04-26 12:00', TOLLIVER, [JOSE, MARGARETHE, LUKASZ], 18, {
    flatCents: 260_000,
    gratuityCents: 39_000,
  }),
  // Sailed on the last day, still open in the ledger.
  sail('04-30 18:00', HERON, [TOM, SIOBHAN], [3, 2], { open: true, recordedCents: 62_500 }),
  // The sailing of April 25, entered once more from the paper log.
  sail('04-25 15:00', ETOILE, [ZOE, AYA], [4, 2]),
];

const MAY: readonly Sailing[] = [
  sail('05-01 18:30', TOLLIVER, [JOSE, SIOBHAN, MARGARETHE], [4, 2, 2, 4], { rateCents: SUNSET_CENTS }),
  sail('05-02 10:00', HERON, [TOM, DELPHINE, WES], [4, 4, 2]),
  sail('05-02 11:00', ETOILE, [ZOE, LUKASZ], [2, 4, 2]),
  hire('05-02 14:00', OSPREY, [JOSE], 6, { flatCents: 78_000 }),
  sail('05-03 10:00', HERON, [TOM, SIOBHAN], [6, 2, 1]),
  sail('05-03 14:00', ETOILE, [ZOE, AYA], [3, 2], { cancelled: 'weather: thunderstorms over the bay' }),
  hire('05-07 17:00', HERON, [TOM, DELPHINE, MARGARETHE], 20, {
    flatCents: 320_000,
    feesCents: 8_000,
    gratuityCents: 48_000,
  }),
  sail('05-08 18:30', TOLLIVER, [JOSE, SIOBHAN, MARGARETHE], [2, 4], { rateCents: SUNSET_CENTS }),
  sail('05-09 10:00', ETOILE, [ZOE, LUKASZ], [4, 2, 2], {
    comps: ['Dana Whitlock of the Bay Weekly, trade for an article'],
  }),
  sail('05-09 10:00', HERON, [TOM, DELPHINE, WES], [4, 6, 2, 2]),
  sail('05-09 14:00', HERON, [TOM, DELPHINE, WES], [2, 2, 4], { noShows: 2 }),
  sail('05-10 10:00', HERON, [TOM, SIOBHAN, AYA], [4, 4, 4, 2, 2], { discountCents: 20_000 }),
  sail('05-10 11:00', ETOILE, [ZOE, LUKASZ], [4, 4]),
  hire('05-10 13:00', TOLLIVER, [JOSE, MARGARETHE, WES], 14, { rateCents: 11_000, gratuityCents: 25_000 }),
  sail('05-14 17:30', HERON, [TOM, SIOBHAN], [2, 4, 2], { rateCents: SUNSET_CENTS }),
  sail('05-15 18:30', TOLLIVER, [JOSE, SIOBHAN, MARGARETHE], [6, 4, 2, 2], { rateCents: SUNSET_CENTS }),
  sail('05-16 10:00', HERON, [TOM, DELPHINE, WES], [4, 2, 5], {
    comps: ['Ines Calloway, apology for the cold sail of April 11', 'Peter Calloway, with her'],
  }),
  sail('05-16 11:00', ETOILE, [ZOE, AYA], [2, 2, 2]),
  hire('05-16 12:00', OSPREY, [JOSE], 4, { forfeitedCents: 39_000, flatCents: 78_000 }),
  sail('05-17 13:00', HERON, [TOM, SIOBHAN], [4, 3, 2]),
  sail('05-20 13:30', HERON, [TOM, DELPHINE, WES], [4, 4, 6, 2, 4], { rateCents: 16_000, feesCents: 8_000 }),
  sail('05-20 13:30', TOLLIVER, [JOSE, SIOBHAN, LUKASZ], [6, 4, 2, 4], {
    rateCents: 16_000,
    feesCents: 6_400,
  }),
  hire('05-20 13:30', ETOILE, [ZOE, AYA, MARGARETHE], 12, { flatCents: 225_000, gratuityCents: 33_750 }),
  sail('05-22 18:30', TOLLIVER, [JOSE, SIOBHAN], [4, 2, 2], { rateCents: SUNSET_CENTS }),
  sail('05-23 10:00', HERON, [TOM, DELPHINE, WES], [4, 4, 2, 6]),
  sail('05-23 11:00', ETOILE, [ZOE, LUKASZ], [4, 2, 4]),
  sail('05-23 14:00', HERON, [TOM, DELPHINE, WES], [3, 4, 2], { refundCents: 12_500 }),
  sail('05-24 10:00', HERON, [TOM, SIOBHAN, AYA], [6, 4, 2]),
  sail('05-24 13:00', ETOILE, [ZOE, LUKASZ], [4, 4], { comps: ['Łukasz Wiśniewski’s brother, crew guest'] }),
  sail('05-25 10:00', HERON, [JOSE, DELPHINE, WES], [4, 2, 2, 4, 2]),
  sail('05-25 14:00', TOLLIVER, [TOM, SIOBHAN, MARGARETHE], [8, 4], { gratuityCents: 18_000 }),
  hire('05-28 17:30', ETOILE, [ZOE, MARGARETHE], 9, { rateCents: 13_550, gratuityCents: 15_000 }),
  sail('05-29 18:30', TOLLIVER, [JOSE, SIOBHAN, LUKASZ], [4, 4, 2, 2], { rateCents: SUNSET_CENTS }),
  sail('05-30 10:00', HERON, [TOM, DELPHINE, WES], [4, 6, 4]),
  sail('05-30 11:00', ETOILE, [ZOE, AYA], [4, 2, 2], { noShows: 1 }),
  sail('05-31 13:00', HERON, [TOM, SIOBHAN], [6, 2, 2]),
];

const LOGBOOKS: readonly (readonly [month: string, sailings: readonly Sailing[]])[] = [
  ['2025-05', MAY_2025],
  ['2026-01', JANUARY],
  ['2026-02', FEBRUARY],
  ['2026-03', MARCH],
  ['2026-04', APRIL],
  ['2026-05', MAY],
];

export const CHARTERS: readonly CharterItem[] = LOGBOOKS.flatMap(([month, sailings]) =>
  charterItems(month, sailings),
);

export interface LoggedCharter {
  readonly sailing: Sailing;
  readonly item: CharterItem;
}

/** Those whose booking mail and trip sheets the office still has. */
export const CHARTERS_WITH_MAIL: readonly LoggedCharter[] = LOGBOOKS.filter(
  ([month]) => month >= '2026-01',
).flatMap(([month, sailings]) =>
  charterItems(month, sailings).flatMap((item, index) => {
    const sailing = sailings[index];
    return sailing === undefined ? [] : [{ sailing, item }];
  }),
);
