/** Menu “Changes after sending…”: what changed since a month was sent, and what the owner wants done about it. */
import { requireOwner } from '../accounts/trigger-owner.ts';
import type { ExchangeOptions } from '../clients/exchange.ts';
import type { SentRecord } from '../delivery/sent-versions.ts';
import { newestSent } from '../delivery/sent-versions.ts';
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host, Ui } from '../host/host.ts';
import { BUDGET_MS } from '../run/budget.ts';
import type { Decider } from '../run/decide-change.ts';
import { carryChange, leaveChange, noteSeen, requireSettled } from '../run/decide-change.ts';
import type { Look } from '../run/look-again.ts';
import { lookAgain } from '../run/look-again.ts';
import type { RunReport } from '../run/report.ts';
import { nextUnsentMonth, readWatch, sentMonths } from '../run/watch-state.ts';
import { writeLog } from '../run/write-log.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import type { OpenChange } from '../statement/open-change.ts';
import { changeSummary, itemWords, signedMoney, standing } from '../statement/open-change.ts';
import { askMonth } from './ask-month.ts';
import { theHost } from './compose.ts';
import { correctStatement } from './correct-statement.ts';

const TITLE = 'Changes after sending';
/** A dialog cuts long texts without a word. */
const MOST_SHOWN = 20;

type Properties = Readonly<Record<string, string>>;

/** @returns the report of the corrected statement, when the person asked for one */
export function changesAfterSending(): RunReport | null {
  const host = theHost();
  const startedMs = host.now();
  const ui = host.ui();
  if (ui === null) return null;
  try {
    const properties = host.properties('document').readAll();
    requireOwner(host, properties);
    const month = askMonth(host, ui, TITLE, suggestion(properties));
    return month === null ? null : changesOf(host, ui, properties, month, startedMs);
  } catch (thrown) {
    ui.tell(TITLE, asPurserError(thrown).message);
    return null;
  }
}

/** The newest month with an open change, else the newest that was sent; null for none. */
function suggestion(properties: Properties): Month | null {
  const sent = sentMonths(properties).reverse();
  const changed = sent.find(
    ({ statement: { month, version } }) => readWatch(properties, month, version).open,
  );
  return (changed ?? sent[0])?.statement.month ?? null;
}

function changesOf(
  host: Host,
  ui: Ui,
  properties: Properties,
  month: Month,
  startedMs: number,
): RunReport | null {
  const record = newestSent(properties, month);
  if (record === null) throw notSentYet(month);
  requireSettled(host, properties, record);
  const options = { deadlineMs: host.now() + BUDGET_MS };
  const today = host.localTime(host.now(), host.workbookTimeZone()).date;
  const look = lookNow(host, record, properties, options);
  const change = noteSeen(host, look, today, options);
  if (change === null) {
    ui.tell(TITLE, nothingOpen(look));
    return null;
  }
  const shown = changeWords(look, change);
  const refusal = whyNotCorrected(look);
  const next = `version ${record.statement.version + 1}`;
  if (refusal !== null) ui.tell(TITLE, `${shown}\n\n${refusal}`);
  else if (ui.confirm(TITLE, `${shown}\n\nMake a corrected statement, ${next}? No asks what else to do.`))
    return correctStatement(host, ui, month, startedMs);
  const decider = { who: host.userEmail(), today };
  if (isCarried(host, ui, properties, look, change, decider)) return null;
  leaveIfWanted(host, ui, look, change, decider);
  return null;
}

/** @throws PurserError with the words that a look gives, and since when none has come to a verdict */
function lookNow(host: Host, record: SentRecord, properties: Properties, options: ExchangeOptions): Look {
  try {
    return lookAgain(host, record, options);
  } catch (thrown) {
    const { month, version } = record.statement;
    const { silentSinceMs } = readWatch(properties, month, version);
    if (silentSinceMs === null) throw thrown;
    const { code, what, now, data } = asPurserError(thrown);
    const { date } = host.localTime(silentSinceMs, host.workbookTimeZone());
    const since = `No look at ${monthLabel(month)} has come to an answer since ${date}.`;
    throw new PurserError(code, { what, now: `${now} ${since}`, data, cause: thrown });
  }
}

/** Null when a corrected statement can be made. */
function whyNotCorrected({ differences, carried, record }: Look): string | null {
  if (differences === null)
    return `A corrected statement would come to the very figures of ${record.statement.code}. What a later month carries can only be carried back.`;
  return standing(carried).length === 0
    ? null
    : 'Some of it is carried into another month, so a corrected statement would say that a second time. Purser › Corrected statement… names the rows that are in its way.';
}

function isCarried(
  host: Host,
  ui: Ui,
  properties: Properties,
  look: Look,
  { deltaCents, items }: OpenChange,
  decider: Decider,
): boolean {
  const { month } = look.record.statement;
  const amounts = items.filter(({ cents }) => cents !== 0).length;
  // A line of no money says nothing in a later month.
  if (amounts === 0) return false;
  const into = nextUnsentMonth(properties, month);
  const money = signedMoney(deltaCents, look.sent.statement.currency);
  const rows = amounts === 1 ? '1 row' : `${amounts} rows`;
  const question = `Carry ${money} into ${monthLabel(into)}? That writes ${rows} into “Purser adjustments”, and ${monthLabel(into)}’s statement shows each as a line of its own. ${monthLabel(month)} stays as it was sent.`;
  if (!ui.confirm(TITLE, question)) return false;
  carryChange(host, look, into, decider, { deadlineMs: host.now() + BUDGET_MS });
  const done = `${money} of ${monthLabel(month)} (${look.record.statement.code}) is carried into ${monthLabel(into)}: ${rows} in “Purser adjustments”.`;
  ui.tell(TITLE, done);
  writeLog(host, [{ atMs: host.now(), who: decider.who, words: done }]);
  return true;
}

function leaveIfWanted(host: Host, ui: Ui, look: Look, change: OpenChange, decider: Decider): void {
  const { month, code } = look.record.statement;
  const summary = changeSummary(change, look.sent.statement.currency);
  const reason = ui.ask(
    TITLE,
    `Leave ${monthLabel(month)} as it was sent, ${summary} or not? Then type why. Empty or Cancel leaves the question open: the next statement waits for a person until it is answered.`,
    '',
  );
  if (reason === null || reason.trim() === '') return;
  leaveChange(host, look, reason.trim(), decider, { deadlineMs: host.now() + BUDGET_MS });
  const done = `The change to ${monthLabel(month)} (${code}), ${summary}, is left as it is: ${reason.trim()}`;
  writeLog(host, [{ atMs: host.now(), who: decider.who, words: done }]);
}

function changeWords({ record, sent }: Look, change: OpenChange): string {
  const { currency } = sent.statement;
  const { month, code } = record.statement;
  const lines = change.items.slice(0, MOST_SHOWN).map((item) => itemWords(item, currency));
  const rest = change.items.length - lines.length;
  return [
    `${monthLabel(month)} was sent as ${code}. With today’s charters, and all else as it was then, it comes to something else: ${changeSummary(change, currency)}.`,
    ...lines,
    ...(rest === 0 ? [] : [`and ${rest} more charters.`]),
  ].join('\n');
}

function nothingOpen({ record, change }: Look): string {
  const { month, code } = record.statement;
  return change === null
    ? `${monthLabel(month)} is as it was sent (${code}): with today’s charters it comes to the same.`
    : `Nothing of ${monthLabel(month)} (${code}) is open: what changed since it was sent was decided on before; the register says how.`;
}

function notSentYet(month: Month): PurserError {
  return new PurserError('not-sent-yet', {
    what: `Purser has sent no statement for ${month.slice(0, 40)}, so there is nothing that could have changed since.`,
    now: 'Choose a month that the register has as sent.',
  });
}
