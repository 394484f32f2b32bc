/** Items of the charters and roster tables to Purser's own types. Attribute names come from the settings. */
import type { AttributeMap } from '../clients/aws/attribute-value.ts';
import type { Charter, CharterReading, CharterStatus, CrewMember } from '../statement/charter.ts';
import { isClockTime, isIsoDate } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import { readItem } from './item-attributes.ts';

/** Purser's name of an attribute → the table's. */
export type CharterNames = Readonly<
  Record<
    | 'charterId'
    | 'month'
    | 'date'
    | 'departs'
    | 'vessel'
    | 'kind'
    | 'status'
    | 'guests'
    | 'comps'
    | 'compNotes'
    | 'ratePerPerson'
    | 'flatPrice'
    | 'revenueTotal'
    | 'crew'
    | 'bookingRefs'
    | 'noShows'
    | 'discount'
    | 'refund'
    | 'forfeited'
    | 'tax'
    | 'fees'
    | 'gratuity'
    | 'cancelReason',
    string
  >
>;

export type RosterNames = Readonly<Record<'crewId' | 'name' | 'email' | 'role', string>>;

const STATUSES: ReadonlyMap<string, CharterStatus> = new Map([
  ['completed', 'completed'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
  ['no-show', 'no-show'],
  ['scheduled', 'scheduled'],
]);

export function readCharter(item: AttributeMap, names: CharterNames): CharterReading {
  const reader = readItem(item);
  const { problems } = reader;
  const id = reader.text(names.charterId);
  const month = reader.text(names.month);
  const date = reader.text(names.date);
  if (date !== '' && !isIsoDate(date))
    problems.push(`${names.date} “${cut(date, 40)}” is not a date such as 2026-05-14`);
  const departs = reader.text(names.departs);
  if (departs !== '' && !isClockTime(departs)) {
    problems.push(`${names.departs} “${cut(departs, 40)}” is not a time such as 17:30`);
  }
  const kind = reader.text(names.kind);
  if (kind !== '' && kind !== 'public' && kind !== 'private') {
    problems.push(`${names.kind} “${cut(kind, 40)}” is neither public nor private`);
  }
  const statusText = reader.text(names.status);
  const revenueFrom = problems.length;
  const recordedCents = reader.cents(names.revenueTotal);
  const revenueReadable = problems.length === revenueFrom;
  const charter: Charter = {
    id,
    month,
    date,
    departs,
    vessel: reader.text(names.vessel),
    kind: kind === 'private' ? 'private' : 'public',
    status: STATUSES.get(statusText.trim().toLowerCase()) ?? 'unknown',
    statusText,
    guests: reader.heads(names.guests),
    comps: reader.heads(names.comps),
    compNotes: reader.optionalText(names.compNotes) ?? '',
    rateCents: reader.optionalCents(names.ratePerPerson),
    flatPriceCents: reader.optionalCents(names.flatPrice),
    recordedCents,
    crewIds: reader.texts(names.crew),
    bookingRefs: reader.texts(names.bookingRefs),
    noShows: reader.optionalHeads(names.noShows),
    discountCents: reader.optionalCents(names.discount),
    refundCents: reader.optionalCents(names.refund),
    forfeitedCents: reader.optionalCents(names.forfeited),
    taxCents: reader.optionalCents(names.tax),
    feesCents: reader.optionalCents(names.fees),
    gratuityCents: reader.optionalCents(names.gratuity),
    cancelReason: reader.optionalText(names.cancelReason),
  };
  if (problems.length === 0) return { readable: true, charter };
  return {
    readable: false,
    id: id === '' ? '(without an id)' : id,
    date: isIsoDate(date) ? date : null,
    month: month === '' ? null : month,
    recordedCents: revenueReadable ? recordedCents : null,
    problems,
  };
}

/** The crew member of an item; null when it has no id or name to go by. */
export function readCrewMember(item: AttributeMap, names: RosterNames): CrewMember | null {
  const reader = readItem(item);
  const id = reader.text(names.crewId);
  const name = reader.text(names.name);
  if (id === '' || name === '') return null;
  return {
    id,
    name,
    email: reader.optionalText(names.email) ?? '',
    role: reader.optionalText(names.role) ?? '',
  };
}
