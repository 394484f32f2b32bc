/** Nobody's table looks like ours: from its description and a few items, which attribute holds what. */
import type { AttributeMap, AttributeValue } from '../clients/aws/attribute-value.ts';
import { isClockTime, isIsoDate, isMonth } from '../statement/month.ts';

export interface TableShape {
  readonly key: { readonly partition: string };
  /** Partition and sort key of the index by month and date; null when there is none. */
  readonly index: { readonly partition: string; readonly sort: string | null } | null;
}

export interface Proposal {
  /** Purser's name. */
  readonly attribute: string;
  readonly from: string;
  readonly to: string;
  /** Why, in words a person can check. */
  readonly why: string;
}

type Fits = (value: AttributeValue) => boolean;

const text: Fits = (value) => 'S' in value;
const number: Fits = (value) => 'N' in value;
const texts: Fits = (value) => 'SS' in value || 'L' in value;
const textOf =
  (test: (text: string) => boolean): Fits =>
  (value) =>
    'S' in value && test(value.S);

/** Other names that people give, folded (letters and digits, lower case), best first; and what the value must be. */
const KNOWN: Readonly<Record<string, { readonly names: readonly string[]; readonly fits: Fits }>> = {
  charterId: { names: ['charterid', 'tripid', 'sailingid', 'id', 'pk', 'cruiseid', 'tourid'], fits: text },
  month: { names: ['month', 'yearmonth', 'period', 'tripmonth', 'saildatemonth'], fits: textOf(isMonth) },
  date: {
    names: ['date', 'saildate', 'tripdate', 'charterdate', 'day', 'sailingdate', 'tourdate'],
    fits: textOf(isIsoDate),
  },
  departs: {
    names: ['departs', 'departure', 'departuretime', 'departtime', 'starttime', 'time', 'start'],
    fits: textOf(isClockTime),
  },
  vessel: { names: ['vessel', 'boat', 'ship', 'vesselname', 'boatname', 'yacht'], fits: text },
  kind: {
    names: ['kind', 'type', 'chartertype', 'triptype', 'tourtype'],
    fits: textOf((word) => word === 'public' || word === 'private'),
  },
  status: { names: ['status', 'state', 'tripstatus', 'charterstatus'], fits: text },
  guests: {
    names: ['guests', 'guestcount', 'pax', 'passengers', 'heads', 'headcount', 'numguests', 'partysize'],
    fits: number,
  },
  comps: {
    names: ['comps', 'compcount', 'complimentary', 'freeguests', 'compguests', 'numcomps'],
    fits: number,
  },
  compNotes: { names: ['compnotes', 'compreason', 'compnote', 'compreasons', 'compsnote'], fits: text },
  ratePerPerson: {
    names: ['rateperperson', 'rate', 'priceperperson', 'perperson', 'ticketprice', 'rateperguest'],
    fits: number,
  },
  flatPrice: { names: ['flatprice', 'charterprice', 'privateprice', 'flatrate', 'price'], fits: number },
  revenueTotal: {
    names: ['revenuetotal', 'totalrevenue', 'revenue', 'total', 'amount', 'gross'],
    fits: number,
  },
  crew: { names: ['crew', 'crewids', 'crewmembers', 'staff'], fits: texts },
  bookingRefs: {
    names: ['bookingrefs', 'bookings', 'bookingids', 'reservations', 'bookingref', 'bookingreferences'],
    fits: texts,
  },
  noShows: { names: ['noshows', 'noshow', 'noshowcount'], fits: number },
  discount: { names: ['discount', 'discounts', 'discountamount'], fits: number },
  refund: { names: ['refund', 'refunds', 'refundamount', 'refunded'], fits: number },
  forfeited: {
    names: ['forfeited', 'forfeit', 'depositkept', 'keptdeposit', 'cancellationfee'],
    fits: number,
  },
  tax: { names: ['tax', 'taxes', 'salestax', 'taxamount'], fits: number },
  fees: { names: ['fees', 'fee', 'bookingfees', 'servicefee'], fits: number },
  gratuity: { names: ['gratuity', 'tip', 'tips', 'gratuities'], fits: number },
  cancelReason: {
    names: ['cancelreason', 'cancellationreason', 'cancelnote', 'reasoncancelled'],
    fits: text,
  },
  crewId: { names: ['crewid', 'id', 'pk', 'memberid', 'staffid'], fits: text },
  name: { names: ['name', 'fullname', 'crewname', 'displayname'], fits: text },
  email: { names: ['email', 'mail', 'emailaddress'], fits: textOf((word) => word.includes('@')) },
  role: { names: ['role', 'position', 'job', 'title'], fits: text },
};

/**
 * Changes worth making to the mapping: for each attribute that no sampled item has under its mapped name, the one
 * that looks like it. Keys are known for sure. A mapped name that items do have is never touched.
 */
export function proposeMapping(
  mapped: Readonly<Record<string, string>>,
  shape: TableShape,
  items: readonly AttributeMap[],
): Proposal[] {
  const proposals: Proposal[] = [];
  const keys: Readonly<Record<string, string | null | undefined>> = {
    charterId: shape.key.partition,
    crewId: shape.key.partition,
    month: shape.index?.partition,
    date: shape.index?.sort,
  };
  const present = new Set(items.flatMap((item) => Object.keys(item)));
  const used = new Set(Object.values(mapped).filter((name) => present.has(name)));
  for (const [attribute, from] of Object.entries(mapped)) {
    const key = keys[attribute];
    if (key) {
      if (key !== from)
        proposals.push({ attribute, from, to: key, why: 'it is the key of the table or of its index' });
      used.add(key);
      continue;
    }
    if (present.has(from) || items.length === 0) continue;
    const found = bestName(attribute, present, used, items);
    if (found === null) continue;
    used.add(found.name);
    proposals.push({
      attribute,
      from,
      to: found.name,
      why: `${found.count} of ${items.length} items have it, such as ${found.sample}`,
    });
  }
  return proposals;
}

function bestName(
  attribute: string,
  present: ReadonlySet<string>,
  used: ReadonlySet<string>,
  items: readonly AttributeMap[],
): { name: string; count: number; sample: string } | null {
  const known = KNOWN[attribute];
  if (known === undefined) return null;
  for (const wanted of known.names) {
    for (const name of present) {
      if (used.has(name) || fold(name) !== wanted) continue;
      const values = items.flatMap((item) => (item[name] === undefined ? [] : [item[name]]));
      const [sample] = values;
      if (sample === undefined || !values.every((value) => known.fits(value))) continue;
      return { name, count: values.length, sample: JSON.stringify(Object.values(sample)[0]).slice(0, 40) };
    }
  }
  return null;
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
