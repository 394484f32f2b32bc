/**
 * Booking mail written by somebody who had not seen the reader, its tests or the other layouts.
 *
 * How the answers were decided: names of persons as written, without titles, and
 * turned round where a comma or slash shows that the surname leads; heads aboard, infants and
 * children included; departure, not boarding or pick-up; the total that the guest is charged, with its tax, fees and
 * gratuity, or the net rate where the mail says no other; of a mail that changes a booking the new words, and from its
 * quotes what the new words leave open; doubtful only where two people would read it in two ways.
 */

import type { CorpusMail } from './corpus-mail.ts';
import { FRESH_DESKS } from './fresh-desks.ts';
import { FRESH_LANGUAGES } from './fresh-languages.ts';
import { FRESH_LETTERS } from './fresh-letters.ts';
import { FRESH_MACHINES } from './fresh-machines.ts';
import { FRESH_MARKETPLACES } from './fresh-marketplaces.ts';
import { FRESH_PEERS } from './fresh-peers.ts';
import { FRESH_TABLES } from './fresh-tables.ts';

export const FRESH_LAYOUTS: readonly CorpusMail[] = [
  ...FRESH_MARKETPLACES,
  ...FRESH_PEERS,
  ...FRESH_TABLES,
  ...FRESH_DESKS,
  ...FRESH_LETTERS,
  ...FRESH_LANGUAGES,
  ...FRESH_MACHINES,
];
