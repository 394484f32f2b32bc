/** The charter, as Purser understands it once an item has been read. */
import type { Cents } from './money.ts';
import type { IsoDate } from './month.ts';

export type CharterKind = 'public' | 'private';

/** What the ledger's word means; `unknown` for any other word. */
export type CharterStatus = 'completed' | 'cancelled' | 'no-show' | 'scheduled' | 'unknown';

/** One sailing. Optional amounts are null when the ledger has none: absent is not zero. */
export interface Charter {
  readonly id: string;
  /** The item's own month attribute, which may be stale. */
  readonly month: string;
  readonly date: IsoDate;
  /** `17:30` */
  readonly departs: string;
  readonly vessel: string;
  readonly kind: CharterKind;
  readonly status: CharterStatus;
  /** The ledger's own word for the status. */
  readonly statusText: string;
  /** Heads aboard, comps included. */
  readonly guests: number;
  readonly comps: number;
  readonly compNotes: string;
  readonly rateCents: Cents | null;
  readonly flatPriceCents: Cents | null;
  readonly recordedCents: Cents;
  readonly crewIds: readonly string[];
  readonly bookingRefs: readonly string[];
  readonly noShows: number | null;
  readonly discountCents: Cents | null;
  readonly refundCents: Cents | null;
  readonly forfeitedCents: Cents | null;
  readonly taxCents: Cents | null;
  readonly feesCents: Cents | null;
  readonly gratuityCents: Cents | null;
  readonly cancelReason: string | null;
}

/** One person of the roster. */
export interface CrewMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

/** An item of the ledger, read or not; nothing between. */
export type CharterReading =
  | { readonly readable: true; readonly charter: Charter }
  | {
      readonly readable: false;
      /** The key, or what stands in its place. */
      readonly id: string;
      /** The month that it belongs to as far as one can tell: by date, else by month attribute. */
      readonly date: IsoDate | null;
      readonly month: string | null;
      /** Recorded revenue, when at least that could be read. */
      readonly recordedCents: Cents | null;
      /** In words, one for each attribute that is wrong. */
      readonly problems: readonly string[];
    };

/** The order of a statement: by day, departure, vessel, then id; plain code-unit order, the same everywhere. */
export function compareCharters(
  a: Pick<Charter, 'date' | 'departs' | 'vessel' | 'id'>,
  b: Pick<Charter, 'date' | 'departs' | 'vessel' | 'id'>,
): number {
  return (
    compareText(a.date, b.date) ||
    compareText(a.departs, b.departs) ||
    compareText(a.vessel, b.vessel) ||
    compareText(a.id, b.id)
  );
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A vessel's name as it is compared: without case, doubled spaces, and the two ways of writing an accent. */
export function foldVessel(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}
