/** Check, prepare, send and resolve: what the person who owns the triggers can have done from the sidebar. */
import * as v from 'valibot';
import { requireOwner } from '../../accounts/trigger-owner.ts';
import { readableRecords, versionOf } from '../../delivery/outbox-record.ts';
import { PurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import { typedName } from '../../run/approval.ts';
import type { RunRequest } from '../../run/month-run.ts';
import { runMonth } from '../../run/month-run.ts';
import { previewMonth } from '../../run/preview.ts';
import { waitWords } from '../../run/words.ts';
import { logRun } from '../../run/write-log.ts';
import type { Answer, Certified, CheckedMonth } from '../../sidebar/month/contract.ts';
import type { Month } from '../../statement/month.ts';
import { monthLabel } from '../../statement/month.ts';
import { answersOf } from '../answers.ts';
import { syncAfterRun } from '../calendars.ts';
import { answered } from './answer.ts';
import { withProgress } from './brief-store.ts';
import { checkedMonth } from './checked.ts';
import { readFacts, requireMonth } from './facts.ts';
import { isDoubtful, recordOf, standingOf } from './standing.ts';

/** Collects and audits; of a month that was sent what its corrected statement would be. */
export function sidebarCheck(month: Month): Answer<CheckedMonth> {
  return answered((host) => {
    requireMonth(month);
    requireOwner(host, host.properties('document').readAll());
    const report = previewMonth(withProgress(host, month), month, 'what-is-next');
    return checkedMonth(host, report, 'look');
  });
}

/** As far as the file. Nobody is asked, and an approval that holds stays. */
export function sidebarPrepare(month: Month): Answer<CheckedMonth> {
  return answered((host) =>
    run(host, month, { prepareOnly: true, approve: () => null, resolve: () => null }),
  );
}

/** Files and sends, or approves, the very file that was looked at. */
export function sidebarSend(month: Month, certified: Certified): Answer<CheckedMonth> {
  return answered((host) => {
    requireMonth(month);
    return run(host, month, { ...certifying(certified), resolve: () => null });
  });
}

/** What a person says of a mail that may be out; to have it sent again they certify it anew. */
export function sidebarResolve(
  month: Month,
  verdict: 'sent' | 'again',
  certified: Certified | null,
): Answer<CheckedMonth> {
  return answered((host) => {
    requireMonth(month);
    if (verdict !== 'sent' && verdict !== 'again') throw notUnderstood();
    requireOwner(host, host.properties('document').readAll());
    const standing = standingOf(readFacts(host, month), month);
    if (!isDoubtful(standing) && standing.state !== 'sent') throw nothingToResolve(month);
    const wish =
      verdict === 'sent' || certified === null
        ? { approve: () => null, prepareOnly: verdict === 'again' }
        : certifying(certified);
    let early: string | null = null;
    const checked = run(host, month, {
      // What is approved for later goes out without a look at the doubt.
      ...wish,
      sendNow: true,
      resolve: (unknown, mayBeSentAgain) => {
        if (verdict === 'again' && !mayBeSentAgain) {
          early = waitWords(unknown);
          return null;
        }
        return verdict;
      },
    });
    if (early !== null) throw tooEarly(month, early);
    return checked;
  });
}

type Wish = Pick<RunRequest, 'approve' | 'resolve' | 'prepareOnly' | 'expected' | 'sendNow'>;

/** The newest statement of the month that the outbox knows and that is not out, which may be a corrected one. */
function run(host: Host, month: unknown, wish: Wish): CheckedMonth {
  requireMonth(month);
  const startedMs = host.now();
  const ui = host.ui();
  const properties = host.properties('document').readAll();
  requireOwner(host, properties);
  const record = recordOf(readableRecords(properties), month);
  const version = record === null || record.state === 'sent' ? 1 : versionOf(record);
  const { onCollected, sync } = syncAfterRun(host);
  const report = runMonth(withProgress(host, month), {
    month,
    by: 'person',
    startedMs,
    onCollected,
    ...(version > 1 ? { correct: true, version } : {}),
    ...(ui === null ? {} : { adopt: answersOf(ui).adopt }),
    ...wish,
  });
  logRun(host, report);
  sync(startedMs);
  return checkedMonth(host, report, wish.expected === undefined ? 'look' : 'send');
}

const CertifiedShape = v.object({
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  seal: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  name: v.pipe(v.string(), v.maxLength(2000)),
  sendNow: v.boolean(),
});

/** @param certified as the page sent it @throws PurserError `name-missing`, `call-malformed` */
function certifying(certified: unknown): Pick<RunRequest, 'approve' | 'expected' | 'sendNow'> {
  const parsed = v.safeParse(CertifiedShape, certified);
  if (!parsed.success) throw notUnderstood();
  const { sha256, seal, name, sendNow } = parsed.output;
  if (typedName(name) === null) {
    throw new PurserError('name-missing', {
      what: 'Nobody’s name stands under the certification. Nothing was sent or approved.',
      now: 'Type your name to certify the statement.',
    });
  }
  return { approve: () => name, expected: { sha256, seal }, sendNow };
}

function notUnderstood(): PurserError {
  return new PurserError('call-malformed', {
    what: 'Purser does not know what to do with that. Nothing was done.',
    now: 'Close the sidebar and open it again.',
  });
}

function nothingToResolve(month: Month): PurserError {
  return new PurserError('nothing-to-resolve', {
    what: `No mail with the statement for ${monthLabel(month)} may be out, so there is nothing to say about it.`,
    now: 'Look at the month as it is now.',
  });
}

function tooEarly(month: Month, words: string): PurserError {
  return new PurserError('send-again-too-early', {
    what: `The statement for ${monthLabel(month)} was tried only a short while ago, so nobody can say yet that it did not go out.`,
    now: words,
  });
}
