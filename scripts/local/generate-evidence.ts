/** Booking mail and trip sheets that agree with a generated month, to the head and to the cent. */
import type { GeneratedMonth } from './generate.ts';
import { createDice } from './generate-dice.ts';
import type { GeneratedMail } from './generate-mails.ts';
import { mailsOf } from './generate-mails.ts';
import { partiesOf } from './generate-parties.ts';
import type { GeneratedTripSheet, Trip } from './generate-trip-sheets.ts';
import { tripSheetFiles } from './generate-trip-sheets.ts';

export interface GeneratedEvidence {
  /** In the order in which they came in. */
  readonly mails: readonly GeneratedMail[];
  readonly tripSheets: readonly GeneratedTripSheet[];
}

/** Evidence in which the audit finds nothing. The same month and seed give the same bytes. */
export function generateEvidence(
  generated: GeneratedMonth,
  { seed }: { readonly seed: number },
): GeneratedEvidence {
  const dice = createDice(seed);
  const mails: GeneratedMail[] = [];
  const trips: Trip[] = [];
  for (const charter of generated.charters) {
    const parties = partiesOf(charter, dice);
    for (const party of parties) mails.push(...mailsOf(party, dice));
    if (charter.status === 'completed') trips.push({ charter, parties });
  }
  mails.sort((one, other) => one.receivedMs - other.receivedMs);
  const month = generated.charters[0]?.month ?? '';
  return { mails, tripSheets: tripSheetFiles(month, trips, generated.roster) };
}
