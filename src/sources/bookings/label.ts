/** What a label of a booking's field is. */
import type { Field } from './booking-mail.ts';

/**
 * - `guests`: names or a count, the value tells
 * - `contact`: a name that counts when no guest is named
 * - `dateTime`: a date, a time, or both
 * - `ages`: a count of one age, to be added up
 * - `tour`: may name the vessel
 * - `ignored`: a label that ends the value ahead of it, and whose own value says nothing about the booking
 */
export type LabelField =
  | Field
  | 'guests'
  | 'contact'
  | 'firstName'
  | 'lastName'
  | 'dateTime'
  | 'ages'
  | 'tour'
  | 'status'
  | 'ignored';

export interface Label {
  readonly field: LabelField;
  /** 0 is the most telling: of two labels for one field the lower rank counts. */
  readonly rank: number;
  /** `New date`, `Revised total`: counts before the same label without it. */
  readonly isNew: boolean;
  /** Whether the word alone on a line is a heading rather than a label. */
  readonly needsColon: boolean;
  /** The words as they stand, normalised. */
  readonly words: string;
  /** Told by the words in it, not by a list: counts only where the value fits. */
  readonly isGuess: boolean;
  /** ISO 4217, when the label names it. */
  readonly currency: string | null;
}

/** A label and its value, as a mail has them. */
export interface Pair {
  readonly label: Label;
  readonly value: string;
}

/** What a label has that is no word of the mail. */
export const UNLISTED = {
  rank: 50,
  isNew: false,
  needsColon: false,
  isGuess: false,
  currency: null,
} as const;
