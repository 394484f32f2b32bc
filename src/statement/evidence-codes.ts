/** What evidence adds to the findings: codes, what they weigh unless a setting says otherwise, and their docs. */
import type { Severity } from './findings.ts';

export const EVIDENCE_SEVERITIES = {
  'adjustment-unreadable': 'block',
  'adjustment-without-effect': 'warn',
  'amount-differs': 'warn',
  'booking-moved': 'warn',
  'booking-shared': 'warn',
  'booking-without-charter': 'warn',
  'cancelled-but-paid': 'warn',
  'charter-without-booking': 'warn',
  'comp-unexplained': 'warn',
  'comps-above-cap': 'warn',
  'guests-differ': 'warn',
  'headcount-broken': 'warn',
  'names-differ': 'info',
  'rate-outlier': 'warn',
  'refund-in-another-month': 'warn',
  'sailing-differs': 'info',
  'trip-sheet-missing': 'warn',
  'trip-sheet-without-charter': 'warn',
  'vessel-double-booked': 'warn',
} as const satisfies Record<string, Severity>;

export type EvidenceCode = keyof typeof EVIDENCE_SEVERITIES;

export const EVIDENCE_CODES = Object.keys(EVIDENCE_SEVERITIES) as readonly EvidenceCode[];

/** The words of each code's section in docs/findings.md, below its severity: what it is, why, what to do. */
export const EVIDENCE_DOCS: Readonly<
  Record<EvidenceCode, { readonly what: string; readonly why: string; readonly toDo: string }>
> = {
  'adjustment-unreadable': {
    what: 'A row of the tab “Purser adjustments” can’t be understood, or names no charter of the month.',
    why: 'somebody meant to change the statement, and sending it without the change would be wrong.',
    toDo: 'correct the named cells. To set a row aside, empty it.',
  },
  'adjustment-without-effect': {
    what: 'An adjustment changes a figure that its charter’s status does not count, such as the guests of a cancelled charter.',
    why: 'whoever wrote it expects it to change the statement, and it does not.',
    toDo: 'correct the charter’s status, or choose another kind: a charter that did not sail counts only `forfeited`.',
  },
  'amount-differs': {
    what: 'The bookings of a charter come to another amount than the ledger records, and its discount, refund, no-shows, tax, fees and gratuity do not explain it.',
    why: 'the guest was told one price and the ledger has another.',
    toDo: 'compare the linked mails with the charter, and correct `revenueTotal` or enter the discount or refund.',
  },
  'booking-moved': {
    what: 'The ledger names a booking for one charter; its newest mail gives another date, or the date, vessel and departure of another charter.',
    why: 'the newest word wins, so guests and money may stand on the wrong charter.',
    toDo: 'move the reference in `bookingRefs`, and guests and revenue if they moved too.',
  },
  'booking-shared': {
    what: 'Several charters name the same booking reference.',
    why: 'its guests and its money can be counted only once, and only you know where.',
    toDo: 'keep the reference on the charter that the guests sailed on, or ask the agent for one booking each.',
  },
  'booking-without-charter': {
    what: 'A booking that was not cancelled fits no charter for certain. Charters that it may belong to are named.',
    why: 'somebody paid for a sailing that the ledger may not have. The amount is what the mail says.',
    toDo: 'enter the charter, or add the reference to the `bookingRefs` of the charter that it belongs to.',
  },
  'cancelled-but-paid': {
    what: 'A charter did not sail by the ledger, but its bookings were paid and neither cancelled, refunded nor marked as forfeited; or its trip sheet has people aboard and money is recorded.',
    why: 'money was taken for it and the statement has it nowhere, or guests are still owed it.',
    toDo: 'enter the refund, or what is kept as `forfeited`. If it did sail, set the status to completed.',
  },
  'charter-without-booking': {
    what: 'No booking was found for a completed charter with paying guests, or the ledger names references that no mail has.',
    why: 'only the ledger says who paid.',
    toDo: 'look for the mail, check the setting `Booking mail search` and the references, or note how it was sold.',
  },
  'comp-unexplained': {
    what: 'Somebody sailed without paying, and neither the ledger nor the trip sheet says who and why.',
    why: 'partners give away part of their revenue with each comp. The amount is what they would have paid.',
    toDo: 'write person and reason into `compNotes`, such as “Dana Whitlock, travel writer”.',
  },
  'comps-above-cap': {
    what: 'A charter has more comps than are allowed for one. The amount is what those above the cap would have paid.',
    why: 'a cap was agreed.',
    toDo: 'correct `comps`, or let the partners know why.',
  },
  'guests-differ': {
    what: 'Ledger, bookings and trip sheet do not tell the same number of guests, no-shows and comps considered. The amount is what the difference is worth at the charter’s rate; less than zero means that revenue is missing. If the charter’s recorded revenue is what the other witnesses’ guests would have paid, this finding stands for `revenue-differs` and is a `block` as well.',
    why: 'guests are what revenue is counted from.',
    toDo: 'compare the linked mails and the sheet, and correct the witness that is wrong: the ledger, or by an adjustment.',
  },
  'headcount-broken': {
    what: 'The people aboard are not the paying guests and the comps: the trip sheet lists other comps than the ledger counts, or other no-shows.',
    why: 'a comp that is counted as a paying guest, or the other way round, is wrong revenue.',
    toDo: 'compare the sheet with the charter and correct `comps` or `noShows`.',
  },
  'names-differ': {
    what: 'Names of the bookings and of the trip sheet are not the same people. Accents, order, initials, titles and slips of the pen are no difference.',
    why: 'the wrong guests may have been checked in; more often a friend came instead.',
    toDo: 'nothing, if the guests are known.',
  },
  'rate-outlier': {
    what: 'A charter’s rate per guest is far from the standard rate of its day and vessel. The message says where the rate comes from; the amount is what it makes in revenue.',
    why: 'a rate is quickly typed in cents, or with a digit too many.',
    toDo: 'correct the rate, or carry on if it was agreed. A rate that holds for longer belongs into `Purser rates`.',
  },
  'refund-in-another-month': {
    what: 'Money of a charter was given back in another month than it sailed in.',
    why: 'the statement of the month that it sailed in may have been sent with the full amount.',
    toDo: 'enter the refund on the charter and send a corrected statement of its month, or agree with the partners on where it counts.',
  },
  'sailing-differs': {
    what: 'A booking or a trip sheet is a charter’s own by its reference or id, but states another vessel, departure or date. A sheet with another date is a `warn`.',
    why: 'a vessel is often changed after booking; a wrong id on a sheet would prove the wrong charter.',
    toDo: 'look whether the evidence is the charter’s own, and correct what is wrong.',
  },
  'trip-sheet-missing': {
    what: 'A completed charter has no trip sheet.',
    why: 'nobody but the ledger says how many went aboard.',
    toDo: 'ask the captain, and put the sheet into the trip sheets’ folder.',
  },
  'trip-sheet-without-charter': {
    what: 'A trip sheet fits no charter for certain. Charters that it may belong to are named.',
    why: 'a vessel went out that the ledger may not have.',
    toDo: 'enter the charter, or write the charter’s id on the sheet.',
  },
  'vessel-double-booked': {
    what: 'Two charters have the same vessel at the same time, or closer together than a vessel can sail.',
    why: 'one of them has the wrong vessel or departure, or was entered twice.',
    toDo: 'correct the one that is wrong.',
  },
};
