/** One crew member aboard two vessels: `crew-double-booked`. */
import type { Charter } from '../charter.ts';
import { foldVessel } from '../charter.ts';
import { nameOf } from '../evidence-audit/question.ts';
import type { FindingDraft } from '../findings.ts';
import { monthOf } from '../month.ts';
import { cut } from '../short-text.ts';
import type { CalendarQuestion } from './question.ts';
import { listed, startOf } from './question.ts';

interface Overlap {
  readonly other: Charter;
  readonly crew: string[];
}

/**
 * Told of the later one. A charter is over at the latest when its vessel departs again, so departures of one vessel say
 * nothing of its crew; too near ones are `vessel-double-booked` or `duplicate-charter`. Whom the roster does not know is
 * `crew-unknown`.
 */
export function doubleBookedFindings(question: CalendarQuestion): FindingDraft[] {
  const overlaps = overlapsOf(question);
  return question.charters.flatMap((charter): FindingDraft[] => {
    const found = overlaps.get(charter.id);
    if (found === undefined || monthOf(charter.date) !== question.month) return [];
    const crew = [...new Set(found.flatMap((one) => one.crew))].map((id) =>
      cut(question.roster.get(id)?.name || id),
    );
    const others = found.map(({ other }) => other);
    return [
      {
        code: 'crew-double-booked',
        charterId: charter.id,
        message: `${nameOf(charter)} has ${listed(crew)} aboard, who ${crew.length === 1 ? 'is' : 'are'} also on ${listed(others.map(nameOf))}: a charter is taken to last ${question.evidence.charterMinutes} minutes (the setting “Charter lasts”). Correct the crew or the departure of one of them.`,
        links: [charter, ...others].slice(0, 3).flatMap(({ id }) => question.linksOf.charter(id).slice(0, 1)),
      },
    ];
  });
}

/** By the later charter's id. */
function overlapsOf(question: CalendarQuestion): ReadonlyMap<string, readonly Overlap[]> {
  const found = new Map<string, Overlap[]>();
  const nextOf = nextDepartures(question);
  for (const [crewId, charters] of sailingsByCrew(question)) {
    charters.forEach((charter, index) => {
      const startMs = startOf(question, charter);
      for (let before = index - 1; before >= 0; before--) {
        const other = charters[before];
        if (other === undefined || startMs - startOf(question, other) >= question.durationMs) break;
        if (foldVessel(other.vessel) === foldVessel(charter.vessel)) continue;
        if (startMs >= (nextOf.get(other) ?? Infinity)) continue;
        const overlaps = found.get(charter.id) ?? [];
        const known = overlaps.find((one) => one.other === other);
        if (known === undefined) overlaps.push({ other, crew: [crewId] });
        else known.crew.push(crewId);
        found.set(charter.id, overlaps);
      }
    });
  }
  return found;
}

/** When a charter's vessel departs again, in milliseconds: tours of an hour are over long before “Charter lasts”. */
function nextDepartures(question: CalendarQuestion): ReadonlyMap<Charter, number> {
  const lastOf = new Map<string | null, { readonly startMs: number; readonly charters: Charter[] }>();
  const next = new Map<Charter, number>();
  // A statement's order is by date and departure.
  for (const charter of question.charters.filter((one) => takesPlace(question, one))) {
    const vessel = foldVessel(charter.vessel);
    const startMs = startOf(question, charter);
    const last = lastOf.get(vessel);
    if (last !== undefined && last.startMs === startMs) {
      last.charters.push(charter);
      continue;
    }
    for (const one of last?.charters ?? []) next.set(one, startMs);
    lastOf.set(vessel, { startMs, charters: [charter] });
  }
  return next;
}

function takesPlace(question: CalendarQuestion, charter: Charter): boolean {
  const { status } = charter;
  return (status === 'completed' || status === 'scheduled') && !Number.isNaN(startOf(question, charter));
}

/** Who of the roster sails what, by start. */
function sailingsByCrew(question: CalendarQuestion): ReadonlyMap<string, Charter[]> {
  const sailings = new Map<string, Charter[]>();
  for (const charter of question.charters) {
    if (!takesPlace(question, charter)) continue;
    for (const id of new Set(charter.crewIds)) {
      if (!question.roster.has(id)) continue;
      const others = sailings.get(id);
      if (others === undefined) sailings.set(id, [charter]);
      else others.push(charter);
    }
  }
  for (const charters of sailings.values()) {
    charters.sort((a, b) => startOf(question, a) - startOf(question, b));
  }
  return sailings;
}
