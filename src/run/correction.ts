/** A corrected statement: opened from what was sent, and refused when there is nothing to correct. */
import type { ExchangeOptions } from '../clients/exchange.ts';
import { send } from '../clients/exchange.ts';
import type { SentRecord } from '../delivery/sent-versions.ts';
import { isKnownAsSent, newestSent } from '../delivery/sent-versions.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { StatementInput } from '../statement/input.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import { standing } from '../statement/open-change.ts';
import { cut } from '../statement/short-text.ts';
import { carriedOf, carriedWords } from '../workbook/carried-changes.ts';
import { requireEditable } from '../workbook/protect-month.ts';
import { readRegister, saysSent } from '../workbook/register.ts';
import { markedTab } from './look-again.ts';
import type { WorkbookReading } from './read-workbook.ts';
import { readSentProof } from './sent-proof.ts';
import type { CollectedCorrection, Correction } from './superseded.ts';
import { recordLate } from './write-register.ts';

/**
 * The newest statement of the month that was sent, with its evidence: two requests. A register row that its run has not
 * written is written first.
 * @throws PurserError `not-sent-yet`, or `outbox-missing` when it was sent and nobody knows what it said;
 * `google-not-found`, `evidence-unreadable`, `evidence-differs` and `evidence-not-reproduced` of its evidence file;
 * `outbox-record-unreadable`
 */
export function openCorrection(
  host: Host,
  month: Month,
  properties: Readonly<Record<string, string>>,
  options: ExchangeOptions,
): Correction {
  const record = newestSent(properties, month);
  if (record === null) throw noneToCorrect(host, month, properties, options);
  recordLate(host, record);
  return correctionOf(host, record, options);
}

/**
 * Reads only.
 * @throws PurserError `google-not-found`, `evidence-unreadable`, `evidence-differs` and `evidence-not-reproduced` of its
 * evidence file
 */
export function correctionOf(host: Host, record: SentRecord, options: ExchangeOptions): Correction {
  const { version, code } = record.statement;
  return {
    version: version + 1,
    supersedes: { version, code, sentAt: record.sentAt ?? record.changedAt, record },
    sent: readSentProof(host, host.accessToken(), code, options),
  };
}

/**
 * Before anything is posted.
 * @throws PurserError `nothing-changed` when the month comes to what was sent; `carried-already` when a later month
 * has what changed, or some of it, as a line of its own; `tab-protected` when who runs Purser may not write into its tab
 */
export function requireCorrectable({
  correction,
  workbook,
  input,
}: {
  readonly correction: CollectedCorrection | null;
  readonly workbook: Pick<WorkbookReading, 'tabs' | 'monthTab' | 'adjustments'>;
  readonly input: Pick<StatementInput, 'month' | 'currency'>;
}): void {
  if (correction === null) return;
  const { monthTab, tabs } = workbook;
  if (correction.differences !== null) {
    requireNotCarried(correction.supersedes.code, workbook, input);
    if (monthTab !== null) requireEditable(monthTab, tabs.protections);
    return;
  }
  const { version, code } = correction.supersedes;
  const unsent =
    monthTab === null || monthTab.version <= version
      ? ''
      : ` The tab “${cut(monthTab.title)}” shows version ${monthTab.version}, which did not go out; version ${version} is in the hidden tab whose title ends with “v${version}”.`;
  throw new PurserError('nothing-changed', {
    what: `${monthLabel(input.month)} comes to the very figures that were sent as ${code}. Nothing was posted or sent.${unsent}`,
    now: 'Correct the charters, or the tab “Purser adjustments”, and try again. Settings and rates are those of the sent statement.',
  });
}

/** Else partners would read the same amount in two statements. */
function requireNotCarried(
  code: string,
  { adjustments: { title, rows } }: Pick<WorkbookReading, 'adjustments'>,
  { month, currency }: Pick<StatementInput, 'month' | 'currency'>,
): void {
  const carried = standing(carriedOf(rows, code));
  if (carried.length === 0) return;
  throw new PurserError('carried-already', {
    what: `Of the changes to ${monthLabel(month)} (${code}) some are carried into other months already: ${carriedWords(title, carried, currency)}. A corrected statement would say them a second time. Nothing was posted or sent.`,
    now: `Delete those rows whose month has not gone out. For each whose month has, add a row of the kind “correction” with the same charter and the opposite amount to a month that has not gone out, with ${code} in its reason. Then choose Corrected statement… again.`,
    data: { code },
  });
}

function noneToCorrect(
  host: Host,
  month: Month,
  properties: Readonly<Record<string, string>>,
  options: ExchangeOptions,
): PurserError {
  const label = monthLabel(month);
  const said = whoSaysSent(host, month, properties, options);
  if (said === null) {
    return new PurserError('not-sent-yet', {
      what: `No statement of ${label} has gone out by Purser, so that there is none to correct.`,
      now: 'Choose Send statement… for its first one.',
    });
  }
  return new PurserError('outbox-missing', {
    what: `${said} that ${label} was sent, but Purser has lost, or never had, the record of what went out, and without it nobody can tell what differs now.`,
    now: `Write to those who got it; or carry the change into the next month: a row of the kind “correction” in the tab “Purser adjustments”, with that month, the amount and a reason that names ${label}.`,
  });
}

/** The beginning of a sentence; null when nobody does. */
function whoSaysSent(
  host: Host,
  month: Month,
  properties: Readonly<Record<string, string>>,
  options: ExchangeOptions,
): string | null {
  if (isKnownAsSent(properties, month)) return 'It is known';
  const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const [register] = send(host, markedTab(access, 'register'), options);
  const rows = readRegister(register?.values ?? []);
  return rows.some((row) => row.month === month && saysSent(row)) ? 'The register says' : null;
}
