/** A sent month calculated again: as it was sent, but with the charters that the ledger has today. */
import { awsAccess } from '../accounts/aws-credentials.ts';
import type { AttributeMap } from '../clients/aws/attribute-value.ts';
import type { CredentialSource } from '../clients/aws/credentials.ts';
import type { Call, ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import type { MarkedValues, SheetsAccess, SheetValues } from '../clients/google/sheets.ts';
import { getMarkedValues, getTabs } from '../clients/google/sheets.ts';
import type { SentRecord } from '../delivery/sent-versions.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { LedgerSource } from '../sources/ledger.ts';
import { ledgerCalls, readLedger } from '../sources/ledger.ts';
import { calculate } from '../statement/calculate.ts';
import type { StatementDifferences } from '../statement/differences.ts';
import { differencesOf } from '../statement/differences.ts';
import type { FindingDraft } from '../statement/findings.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import type { OpenChange } from '../statement/open-change.ts';
import { openChange } from '../statement/open-change.ts';
import { regionFindings } from '../statement/regions.ts';
import type { Statement } from '../statement/statement.ts';
import type { CarriedRowThere } from '../workbook/carried-changes.ts';
import { carriedOf } from '../workbook/carried-changes.ts';
import type { OwnTab } from '../workbook/tabs.ts';
import { ownTabMark, TAB_KEY } from '../workbook/tabs.ts';
import { settingsOf } from './current-settings.ts';
import { evidenceDiffers } from './read-proof.ts';
import type { SentProof } from './sent-proof.ts';
import { evidenceCall, sentProofFrom } from './sent-proof.ts';

export interface Look {
  readonly record: SentRecord;
  readonly sent: SentProof;
  readonly differences: StatementDifferences | null;
  /** Rows that carry what had changed before into a later month. */
  readonly carried: readonly CarriedRowThere[];
  /** What of them was not carried into a later month. */
  readonly change: OpenChange | null;
  readonly access: SheetsAccess;
  /** Null when no tab carries the register’s mark. */
  readonly register: MarkedValues | null;
}

/**
 * Reads only. Four rounds; one more when a charter is not where it was, since it may be where no index finds it. The
 * charters are looked for where today’s settings have them.
 * @throws PurserError when there is no verdict: `google-not-found`, `evidence-unreadable`, `evidence-differs` or
 * `evidence-not-reproduced` when what was sent can’t be known; `service-unavailable` when the regions do not agree, or
 * one did not answer (`data.finding` says which, `data.about` is the same for the same words); `settings-invalid`; else
 * what Google or AWS say
 */
export function lookAgain(host: Host, record: SentRecord, options: ExchangeOptions): Look {
  const access: SheetsAccess = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const aws = awsAccess(host, host.properties('user').readAll(), options);
  const { evidence, register, adjustments, listed, settings, awsSession } = exchange(
    host,
    {
      evidence: evidenceCall(access.token, record.statement.code),
      register: markedTab(access, 'register'),
      adjustments: markedTab(access, 'adjustments'),
      listed: getTabs(access),
      settings: markedTab(access, 'settings'),
      awsSession: aws.call,
    },
    options,
  );
  const sent = sentProofFrom(valueOrThrow(evidence), record.statement.code);
  const { fingerprint } = record.statement;
  if (sent.statement.fingerprint !== fingerprint) {
    throw evidenceDiffers(
      'is not that of what was sent: the fingerprint',
      fingerprint,
      sent.statement.fingerprint,
    );
  }
  const source = settingsOf(valueOrThrow(listed), valueOrThrow(settings)) ?? sent.settings;
  const credentials = aws.credentials(awsSession, [source.primaryRegion, source.secondRegion]);
  const differences = differencesNow(host, sent, { source, credentials }, options);
  const rows = carriedRows(valueOrThrow(adjustments));
  const look = { record, sent, differences, access, register: valueOrThrow(register)[0] ?? null };
  return withCarried({ ...look, carried: [], change: null }, rows);
}

/** The same with the rows that carry changes as they are now. */
export function withCarried(look: Look, rows: SheetValues): Look {
  const { code, currency } = look.sent.statement;
  const carried = carriedOf(rows, code);
  return { ...look, carried, change: openChange(code, look.differences, carried, currency) };
}

/** Whatever the tab is called by now. */
export function markedTab(access: SheetsAccess, tab: OwnTab): Call<readonly MarkedValues[]> {
  return getMarkedValues(access, TAB_KEY, [ownTabMark(tab)]);
}

/**
 * Without them nobody knows what was carried, and it would be carried twice.
 * @throws PurserError `settings-missing`
 */
export function carriedRows([adjustments]: readonly MarkedValues[]): SheetValues {
  if (adjustments !== undefined) return adjustments.values;
  throw new PurserError('settings-missing', {
    what: 'The tab “Purser adjustments” is not there, or has lost its mark, so nobody can tell what was carried into later months.',
    now: 'Choose Purser › Set up…, which makes it.',
  });
}

interface Ledger {
  readonly source: LedgerSource;
  readonly credentials: CredentialSource;
}

function differencesNow(
  host: Host,
  sent: SentProof,
  ledger: Ledger,
  options: ExchangeOptions,
): StatementDifferences | null {
  const scansAtOnce = sent.proof.items.lost.length > 0;
  const found = changedSince(sent, statementNow(host, sent, ledger, scansAtOnce, options));
  const isMissed = found?.lines.some(({ kind }) => kind === 'removed') ?? false;
  if (!isMissed || scansAtOnce) return found;
  return changedSince(sent, statementNow(host, sent, ledger, true, options));
}

/** What only this Purser words otherwise than the one that sent it, and no cents come of, is no change to the month. */
function changedSince({ statement, recalculated }: SentProof, now: Statement): StatementDifferences | null {
  const all = differencesOf(statement, now);
  if (all === null || statement.fingerprint === recalculated.fingerprint) return all;
  const atSource = new Set(differencesOf(recalculated, now)?.lines.map(({ id }) => id));
  const lines = all.lines.filter(({ id, deltaCents }) => deltaCents !== 0 || atSource.has(id));
  return lines.length === 0 ? null : { ...all, lines };
}

function statementNow(
  host: Host,
  { input }: SentProof,
  { source, credentials }: Ledger,
  lookForLost: boolean,
  options: ExchangeOptions,
): Statement {
  const { month } = input;
  const calls = ledgerCalls(source, credentials, month, lookForLost, (event) => host.log(event));
  // Another year is for comparing with, and that stays as it was sent.
  const { 'primary last-year': _lastYear, ...asked } = calls;
  const outcomes: Readonly<Record<string, Outcome<readonly AttributeMap[]>>> = exchange(host, asked, options);
  const { readings, roster, regions, noticed } = readLedger(source, outcomes, month);
  refuseDoubt(month, [
    ...regionFindings({ ...input, regions }),
    ...noticed.filter(({ code }) => code === 'scan-failed'),
  ]);
  // Who is called otherwise by now sailed all the same.
  const names = new Map([...roster, ...input.roster]);
  return calculate({ ...input, readings, roster: names, regions, witnesses: null, calendars: null })
    .statement;
}

const MOST_DOUBTS = 5;

function refuseDoubt(month: Month, doubts: readonly FindingDraft[]): void {
  const [first] = doubts;
  if (first === undefined) return;
  const shown = doubts.slice(0, MOST_DOUBTS).map(({ message }) => message);
  const rest = doubts.length - shown.length;
  const words = [...shown, ...(rest === 0 ? [] : [`And ${rest} more.`])].join(' ');
  throw new PurserError('service-unavailable', {
    what: `Nobody can tell now whether ${monthLabel(month)} has changed since it was sent. ${words}`,
    now: 'Purser looks again within the hour.',
    data: { finding: first.code, about: sha256Hex(words).slice(0, 12) },
  });
}
