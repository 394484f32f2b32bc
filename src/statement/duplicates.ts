/** One sailing entered twice. */
import type { Charter } from './charter.ts';
import { compareCharters, foldVessel } from './charter.ts';

/** Later charter → earlier one with the same date, vessel and departure, both sailed; in the statement's order. */
export function duplicatesOf(charters: readonly Charter[]): Map<string, string> {
  const first = new Map<string, string>();
  const duplicates = new Map<string, string>();
  for (const charter of [...charters].sort(compareCharters)) {
    if (charter.status !== 'completed') continue;
    const sailing = JSON.stringify([charter.date, charter.departs, foldVessel(charter.vessel)]);
    const earlier = first.get(sailing);
    if (earlier === undefined) first.set(sailing, charter.id);
    else duplicates.set(charter.id, earlier);
  }
  return duplicates;
}
