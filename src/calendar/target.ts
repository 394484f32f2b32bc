/** A calendar that the sync reads, and what it writes there. */
import type { Call } from '../clients/exchange.ts';

export interface CalendarTarget {
  /** Of its state in document properties, made of account and calendar: `calendar.1f0c…`. */
  readonly key: string;
  /** Address of whose calendar it is. */
  readonly account: string;
  /** Null: the built-in account. */
  readonly subject: string | null;
  readonly calendarId: string;
  /** As the calendar was called when it was chosen, text from outside; empty: it was not chosen by name. */
  readonly name: string;
  /** `company`: the Charters calendar; every event that speaks of a trip is kept. `person`: what concerns a charter, else busy times. */
  readonly of: 'company' | 'person';
  /** Which charters are written there. `crew`: those that these crew ids sail. */
  readonly writes: { readonly all: true } | { readonly crewIds: readonly string[] } | null;
  authorize<T>(make: (token: string) => Call<T>): Call<T>;
}
