/** What an event of a charter says, whoever's calendar it stands in. No money: crew see it. */

/** Pure data; the same content always has the same hash. */
export interface EventContent {
  readonly charterId: string;
  /** Mark of the workbook whose ledger has the charter: no part of what the event shows. */
  readonly workbook: string;
  readonly title: string;
  readonly location: string;
  readonly description: string;
  /** Milliseconds since 1970 UTC; the end is exclusive. */
  readonly startMs: number;
  readonly endMs: number;
  /** The workbook's zone, an IANA name. */
  readonly timeZone: string;
  /** Where the row of it is looked at; null when there is no link. */
  readonly link: { readonly label: string; readonly url: string } | null;
}
