/** One vessel, two places: `vessel-double-booked`. */
import type { Charter } from '../charter.ts';
import { compareCharters } from '../charter.ts';
import { foldVessel } from '../matching/folding.ts';
import { minutesOf } from '../matching/sailing.ts';
import type { CharterInQuestion, EvidenceAuditInput, EvidenceDraft } from './question.ts';
import { nameOf } from './question.ts';

/** Two completed charters of one departure are `duplicate-charter`; those that did not sail take no vessel. */
export function vesselFindings(
  questions: readonly CharterInQuestion[],
  input: EvidenceAuditInput,
): EvidenceDraft[] {
  const busy = new Map<string, Charter[]>();
  for (const { charter, counted } of questions) {
    if (!counted && charter.status !== 'scheduled') continue;
    const day = JSON.stringify([charter.date, foldVessel(charter.vessel) ?? charter.vessel]);
    const others = busy.get(day);
    if (others === undefined) busy.set(day, [charter]);
    else others.push(charter);
  }
  const drafts: { readonly charter: Charter; readonly draft: EvidenceDraft }[] = [];
  for (const charters of busy.values()) {
    charters.sort(compareCharters);
    charters.forEach((charter, index) => {
      const earlier = charters[index - 1];
      const from = earlier === undefined ? null : minutesOf(earlier.departs);
      const to = minutesOf(charter.departs);
      if (earlier === undefined || from === null || to === null) return;
      if (to - from >= input.tolerances.minutesBetweenDepartures && to > from) return;
      const when = to === from ? 'at the same time as' : `${to - from} minutes after`;
      drafts.push({
        charter,
        draft: {
          code: 'vessel-double-booked',
          charterId: charter.id,
          cents: null,
          message: `${nameOf(charter)} departs ${when} ${nameOf(earlier)}, on the same vessel. Correct the vessel or the departure of one of them.`,
          links: [...input.linksOf.charter(charter.id), ...input.linksOf.charter(earlier.id)],
        },
      });
    });
  }
  return drafts.sort((a, b) => compareCharters(a.charter, b.charter)).map(({ draft }) => draft);
}
