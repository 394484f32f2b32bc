/** A statement mail that may be out: settled by what Sent has, else by a person who sees the evidence. */
import { mayBeSentAgain, settleByPerson } from '../delivery/outbox.ts';
import type { OutboxRecord } from '../delivery/outbox-record.ts';
import type { Collected } from './collect.ts';
import { unknownReport } from './make-report.ts';
import type { MonthRun } from './month-run-state.ts';
import { keepTime } from './month-run-state.ts';
import type { RunReport } from './report.ts';
import { recordFound, settled } from './send-statement.ts';
import { registerQuietly } from './write-register.ts';

export type Resolved =
  /** The run ends here. */
  | { readonly report: RunReport; readonly released: null }
  /** Nothing is out, or a person wants it sent again: then that mail's record, which is in doubt until it goes. */
  | { readonly report: null; readonly released: OutboxRecord | null };

export function resolveDoubt(run: MonthRun, record: OutboxRecord | null, collected: Collected): Resolved {
  const { host, request } = run;
  const found = settled(host, record, collected);
  if (found === null) return { report: null, released: null };
  if (found.doubt === null) return { report: recordFound(host, collected, found.record), released: null };
  const unknown = unknownReport(collected, found.record, found.doubt);
  // Where Purser tried nothing, or nobody knows when, there is nothing to wait for.
  const wasTried = record !== null && record.attempts > 0;
  const mayAgain = !wasTried || mayBeSentAgain(record, host.now());
  // What is approved for later goes out without a look at the doubt, which only a person may settle.
  const isAsked = request.by === 'person' && request.sendNow !== false;
  const verdict = isAsked ? request.resolve(unknown, mayAgain) : null;
  if (verdict === 'sent') {
    const record = settleByPerson(host, found.record, host.userEmail());
    return { report: recordFound(host, collected, record), released: null };
  }
  if (verdict === 'again' && mayAgain) {
    keepTime(run);
    return { report: null, released: found.record };
  }
  if (found.doubt === 'unanswered' || found.doubt === 'unmarked')
    registerQuietly(host, collected, 'unknown', found.record);
  return { report: unknown, released: null };
}
