/** Menu “Hand over…”. */
import { handOverBy } from '../accounts/hand-over.ts';
import { theHost } from './compose.ts';

/** Asks the owner for the next one. @returns the new owner's address, or null */
export function handOver(): string | null {
  const host = theHost();
  const ui = host.ui();
  return ui === null ? null : handOverBy(host, ui);
}
