/** What a person decides about a month that changed after it was sent: carried into a later month, or left as it is. */
import type { ExchangeOptions } from '../clients/exchange.ts';
import { exchange, send } from '../clients/exchange.ts';
import { appendValues } from '../clients/google/sheets.ts';
import type { SentRecord } from '../delivery/sent-versions.ts';
import { newerUnsettled } from '../delivery/sent-versions.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { giveBack, takeLease } from '../host/lease.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import type { OpenChange } from '../statement/open-change.ts';
import { carriedReason } from '../statement/open-change.ts';
import { cut } from '../statement/short-text.ts';
import { carriedCells } from '../workbook/carried-changes.ts';
import { readApproval } from './approval.ts';
import type { Look } from './look-again.ts';
import { carriedRows, markedTab, withCarried } from './look-again.ts';
import { noteLook } from './note-look.ts';
import type { WatchChoice } from './watch-state.ts';
import { changeWatch, nextUnsentMonth } from './watch-state.ts';

export interface Decider {
  /** Whose name stands beside it. */
  readonly who: string;
  readonly today: IsoDate;
}

const LEASE_MS = 120_000;

/**
 * Rows for what is open of the change, one a charter whose cents changed, in the tab `Purser adjustments`. Under the
 * lease of the month’s run: one that has read that tab would send the later month without them.
 * @param into a month that is not out
 * @throws PurserError `run-in-progress`; `version-unsettled`; `approval-void` when somebody decided meanwhile, or that
 * month went out
 */
export function carryChange(
  host: Host,
  look: Look,
  into: Month,
  { who, today }: Decider,
  options: ExchangeOptions,
): void {
  const { lease, properties } = takeLease(host, 'statement', LEASE_MS);
  try {
    requireSettled(host, properties, look.record);
    const { month, code } = look.record.statement;
    const [tab] = send(host, markedTab(look.access, 'adjustments'), options);
    const rows = carriedRows(tab === undefined ? [] : [tab]);
    const now = withCarried(look, rows);
    if (now.change === null || now.change.hash !== look.change?.hash) throw decidedMeanwhile(month);
    if (nextUnsentMonth(properties, month) !== into) throw decidedMeanwhile(month);
    const carried = now.change.items
      .filter(({ cents }) => cents !== 0)
      .map((item) =>
        carriedCells({
          month: into,
          charterId: item.id,
          cents: item.cents,
          reason: carriedReason(month, code, item),
          who,
        }),
      );
    const range = tab?.range ?? '';
    // After a lost reply nobody appends again: the rows that are there tell what was carried.
    send(host, appendValues(look.access, 'Carry a change', range, carried, false), options);
    decide(host, withCarried(look, [...rows, ...carried]), options, {
      kind: 'carried',
      who: cut(who, 100),
      on: today,
      words: `carried into ${monthLabel(into)}`,
    });
  } finally {
    giveBack(host, lease);
  }
}

/**
 * Whether a newer version says what changed has to be known before anything else is done about it.
 * @throws PurserError `version-unsettled`
 */
export function requireSettled(
  host: Pick<Host, 'log'>,
  properties: Readonly<Record<string, string>>,
  { statement }: Pick<SentRecord, 'statement'>,
): void {
  const newer = newerUnsettled(properties, statement);
  if (newer === null) return;
  const { month, version, code } = newer.statement;
  const waits = newer.state === 'queued';
  // Without one the clock never sends a corrected statement.
  const goesByItself = waits && readApproval(host, properties, month, version) !== null;
  throw new PurserError('version-unsettled', {
    what: `Version ${version} of ${monthLabel(month)} (${code}) ${waits ? 'waits to be sent' : 'may have gone out, which nobody knows yet'}, and it says what has changed. What was carried now would count twice.`,
    now: goesByItself
      ? 'Wait until it is out, or choose Purser › Corrected statement… to send it now.'
      : waits
        ? 'Choose Purser › Corrected statement… first, to send it.'
        : 'Choose Purser › Corrected statement… first, which looks for it in Sent and asks.',
    data: { code },
  });
}

/** @param reason why nothing is done; not blank */
export function leaveChange(
  host: Host,
  look: Look,
  reason: string,
  { who, today }: Decider,
  options: ExchangeOptions,
): void {
  const words = `left as it is by ${cut(who, 100)}: ${cut(reason, 200)}`;
  decide(host, look, options, { kind: 'left', who: cut(who, 100), on: today, words });
}

/** What the look found, when a person asked for it: nothing is told, since that person sees it. */
export function noteSeen(
  host: Host,
  look: Look,
  today: IsoDate,
  options: ExchangeOptions,
): OpenChange | null {
  const { after, cell } = noteLook(host, look);
  if (cell !== null) send(host, cell, options);
  const { month, version } = look.record.statement;
  changeWatch(host, month, version, (state) => ({
    ...state,
    lookedOn: today,
    told: state.open?.hash ?? null,
  }));
  return after.open === null ? null : look.change;
}

function decide(host: Host, look: Look, options: ExchangeOptions, choice: Omit<WatchChoice, 'hash'>): void {
  const { cell } = noteLook(host, look, { ...choice, hash: look.change?.hash ?? '' });
  if (cell === null) return;
  const { noted } = exchange(host, { noted: cell }, options);
  // It is decided all the same; the next daily look writes the cell.
  if (!noted.ok) host.log({ event: 'register-not-written', code: noted.error.code });
}

function decidedMeanwhile(month: Month): PurserError {
  return new PurserError('approval-void', {
    what: `Somebody has decided on the changes to ${monthLabel(month)} meanwhile, or the month that was to carry them went out. Nothing was done.`,
    now: 'Choose Purser › Changes after sending… again to see how it stands.',
  });
}
