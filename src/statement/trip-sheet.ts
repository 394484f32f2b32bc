/** What a trip sheet says: the paper that came back from the water. */
import type { IsoDate } from './month.ts';

export interface TripSheetComp {
  readonly person: string;
  /** How many come under that name; 1 unless the sheet says more. */
  readonly heads: number;
  /** Empty when none is given. */
  readonly reason: string;
}

/** One trip of one sheet. Null where the sheet does not say. */
export interface TripSheet {
  readonly fileId: string;
  readonly fileName: string;
  /** The tab, for workbooks; empty for CSV. */
  readonly tab: string;
  readonly charterId: string | null;
  readonly date: IsoDate | null;
  /** `17:30` */
  readonly departs: string | null;
  readonly vessel: string | null;
  /** Heads that went aboard, comps included. */
  readonly boarded: number | null;
  readonly noShows: number | null;
  readonly guestNames: readonly string[];
  readonly comps: readonly TripSheetComp[];
  /** Who signed; null when nobody did. */
  readonly signedBy: string | null;
  /** What could not be understood, or could be understood in two ways; sentences. */
  readonly problems: readonly string[];
  /** What is worth knowing and hinders nothing, such as a hidden tab that was not read. */
  readonly notes: readonly string[];
}
