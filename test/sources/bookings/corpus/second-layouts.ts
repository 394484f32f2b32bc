/**
 * A second blind set: what an operator's inbox has in a year, written without a look at the reader or at the
 * other mails of the corpus. The senders are invented; how such notices are laid out follows what parsers of
 * others, in public repositories, take apart.
 */

import type { CorpusMail } from './corpus-mail.ts';
import { ABROAD_MAILS } from './second-abroad.ts';
import { BOAT_MARKET_MAILS } from './second-boat-markets.ts';
import { HARBOR_DESK_MAILS } from './second-harbor-desks.ts';
import { MANIFEST_MAILS } from './second-manifests.ts';
import { RESELLER_MAILS } from './second-resellers.ts';
import { RESERVATION_SOFTWARE_MAILS } from './second-reservation-software.ts';
import { THREAD_MAILS } from './second-threads.ts';
import { TOUR_SELLER_MAILS } from './second-tour-sellers.ts';
import { TRADE_LETTER_MAILS } from './second-trade-letters.ts';
import { WEBSITE_MAILS } from './second-websites.ts';

export const SECOND_LAYOUTS: readonly CorpusMail[] = [
  ...HARBOR_DESK_MAILS,
  ...RESERVATION_SOFTWARE_MAILS,
  ...RESELLER_MAILS,
  ...TOUR_SELLER_MAILS,
  ...BOAT_MARKET_MAILS,
  ...TRADE_LETTER_MAILS,
  ...WEBSITE_MAILS,
  ...MANIFEST_MAILS,
  ...ABROAD_MAILS,
  ...THREAD_MAILS,
];
