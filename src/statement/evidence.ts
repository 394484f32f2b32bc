/** What the other witnesses said; calculate weighs it. */

import type { Cents } from './money.ts';
import type { IsoDate } from './month.ts';

export interface RegionAnswer {
  readonly region: string;
  readonly answered: boolean;
  /** Why it did not, in words. */
  readonly problem: string | null;
}

/** One item that the regions tell differently. */
export interface RegionDifference {
  readonly id: string;
  /** Which table: a charter's difference is about money, a crew member's about names. */
  readonly of: 'charter' | 'crew';
  readonly date: IsoDate | null;
  readonly month: string | null;
  /** Attribute names as the table has them, with both values as text; null where absent. */
  readonly attributes: readonly {
    readonly name: string;
    readonly primary: string | null;
    readonly second: string | null;
  }[];
  readonly missingIn: 'primary' | 'second' | null;
  /** Recorded in the primary − recorded in the second; null when one can't be read. */
  readonly cents: Cents | null;
}

export interface RegionsEvidence {
  readonly primary: RegionAnswer;
  /** Null when the settings name no second region. */
  readonly second: RegionAnswer | null;
  readonly differences: readonly RegionDifference[];
}
