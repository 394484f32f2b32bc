/** Before a month is looked at: a copy of a workbook sends nothing until a person has said that it does from now on. */
import { triggerOwner } from '../accounts/trigger-owner.ts';
import type { Call, ExchangeOptions } from '../clients/exchange.ts';
import { send } from '../clients/exchange.ts';
import type { SheetsAccess, SheetValues } from '../clients/google/sheets.ts';
import { getTabs, getValues, putValues } from '../clients/google/sheets.ts';
import type { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { FindingDraft } from '../statement/findings.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import { monthBefore } from '../statement/month.ts';
import { fillName, oneLine } from '../statement/names.ts';
import { readRegister } from '../workbook/register.ts';
import { settingWrites } from '../workbook/setting-writes.ts';
import { fold } from '../workbook/settings.ts';
import { WORKBOOK_SETTING } from '../workbook/settings-list.ts';
import { readTabs } from '../workbook/tabs.ts';
import type { MailboxOpener } from './mailboxes.ts';
import { builtInMailbox, openOrClosed } from './mailboxes.ts';
import type { OpenedWorkbook } from './open-workbook.ts';
import type { FormerWorkbook, WorkbookIdentity, WorkbookMark } from './own-workbook.ts';
import {
  hasOutbox,
  readWorkbookMark,
  sentCodes,
  workbookIdentity,
  workbookMarkEntry,
} from './own-workbook.ts';
import { adoptQuestion, copyDraft, copyRefused, sentEvidence } from './own-workbook-words.ts';
import { sentMailboxes } from './sent-mail.ts';

/** What is known of the workbook itself once it may be used. */
export interface OwnWorkbook {
  /** Those that it was copied from; what they sent counts. */
  readonly former: readonly FormerWorkbook[];
  /** Writes the setting, beside other calls; when it fails the next run writes it. */
  readonly mark: Call<unknown> | undefined;
  readonly noticed: readonly FindingDraft[];
}

export interface OwnWorkbookRequest {
  readonly month: Month;
  readonly version: number;
  readonly options: ExchangeOptions;
  /** Of the document. */
  readonly properties: Readonly<Record<string, string>>;
  /** False in a preview, which says what it finds and writes nothing. */
  readonly keep: boolean;
  /** Asks a person whether this workbook sends from now on. Left out where nobody is there to be asked. */
  readonly adopt?: (words: string) => boolean;
}

/**
 * Costs nothing in a workbook that is marked as its own.
 * @throws PurserError `workbook-copied`, `outbox-missing`: with what was found in Sent, by either workbook's code
 */
export function ownWorkbook(
  host: Host,
  opened: OpenedWorkbook,
  request: OwnWorkbookRequest,
  opener: MailboxOpener,
): OwnWorkbook {
  const { settings, access } = opened;
  const { properties, keep } = request;
  const workbookId = access.spreadsheetId;
  const mark = readWorkbookMark(properties);
  const identity = workbookIdentity({
    workbookId,
    settingsId: settings.workbook,
    mark,
    hasOutbox: hasOutbox(properties),
    sentCodes: sentCodes(readRegister(opened.registerValues)),
  });
  const former = mark?.former ?? [];
  if (identity.kind === 'own') return { former, mark: undefined, noticed: [] };
  if (identity.kind === 'unmarked') {
    const isKnown = mark !== null || triggerOwner(properties) !== null;
    if (!keep || !isKnown) return { former, mark: undefined, noticed: [] };
    if (mark === null) writeMark(host, takenOver(host, identity, mark, opener.self()));
    return { former, mark: markCall(opened), noticed: [] };
  }
  if (!keep) return { former, mark: undefined, noticed: [copyDraft(identity)] };
  const evidence = lookIntoSent(host, opened, identity, request, opener);
  if (request.adopt?.(adoptQuestion(identity, evidence)) !== true) throw copyRefused(identity, evidence);
  const taken = takenOver(host, identity, mark, opener.self());
  // Before the setting: with the setting alone the outbox would seem to be lost.
  writeMark(host, taken);
  host.log({ event: 'workbook-adopted', was: identity.kind });
  return { former: taken.former, mark: markCall(opened), noticed: [] };
}

/** The mark of a workbook that sends from now on; the one that it was copied from is kept in it. */
function takenOver(
  host: Host,
  identity: WorkbookIdentity,
  before: WorkbookMark | null,
  by: string,
): WorkbookMark {
  const nowMs = host.now();
  const until = monthBefore(host.localTime(nowMs, host.workbookTimeZone()).date);
  const known = (before?.former ?? []).filter(
    ({ letters }) => identity.kind !== 'copied' || letters !== identity.original.letters,
  );
  return {
    schema: 1,
    id: host.workbookId(),
    since: new Date(nowMs).toISOString(),
    by,
    former: identity.kind === 'copied' ? [...known, { ...identity.original, until }] : known,
  };
}

/** What Set up… writes of the workbook along with its owner, or why it must not go on. */
export interface OwnBeforeSetUp {
  readonly entries: Readonly<Record<string, string>>;
  /** A person said that this copy does not send. */
  readonly refused: PurserError | null;
}

/** Nothing for whoever is not the owner: they change nothing. @param adopt as in `OwnWorkbookRequest` */
export function ownBeforeSetUp(host: Host, adopt: (words: string) => boolean): OwnBeforeSetUp {
  const properties = host.properties('document').readAll();
  const me = host.userEmail();
  const owner = triggerOwner(properties);
  if (owner !== null && owner.toLowerCase() !== me.toLowerCase()) return { entries: {}, refused: null };
  const access: SheetsAccess = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const { own } = readTabs(send(host, getTabs(access)));
  const titles = [own.settings, own.register].flatMap((tab) => (tab === undefined ? [] : [tab.title]));
  const values =
    titles.length === 0 ? [] : send(host, getValues(access, titles.map(quotedTitle), 'UNFORMATTED_VALUE'));
  const settings = own.settings === undefined ? [] : (values[0] ?? []);
  const register = own.register === undefined ? [] : (values[own.settings === undefined ? 0 : 1] ?? []);
  const mark = readWorkbookMark(properties);
  const workbookId = access.spreadsheetId;
  const identity = workbookIdentity({
    workbookId,
    settingsId: settingOf(settings),
    mark,
    hasOutbox: hasOutbox(properties),
    sentCodes: sentCodes(readRegister(register)),
  });
  if (identity.kind === 'own' || (identity.kind === 'unmarked' && mark !== null))
    return { entries: {}, refused: null };
  if (identity.kind !== 'unmarked') {
    const month = monthBefore(host.localTime(host.now(), host.workbookTimeZone()).date);
    const mailbox = builtInMailbox(access.token, 'Set up… looks into the person’s own mailbox.');
    const question = { workbookId, identity, month, version: 1, subject: '' };
    const evidence = sentEvidence(host, [mailbox], question, {});
    if (!adopt(adoptQuestion(identity, evidence)))
      return { entries: {}, refused: copyRefused(identity, evidence) };
  }
  return { entries: workbookMarkEntry(takenOver(host, identity, mark, me)), refused: null };
}

/** Also when the other settings can't be read. */
function settingOf(rows: SheetValues): string {
  const row = rows.find((cells) => fold(String(cells[0] ?? '')) === fold(WORKBOOK_SETTING));
  return String(row?.[1] ?? '').trim();
}

function writeMark(host: Host, mark: WorkbookMark): void {
  host.properties('document').write(workbookMarkEntry(mark));
}

function markCall({ access, own, settingsRows }: OpenedWorkbook): Call<unknown> {
  const change = new Map([[WORKBOOK_SETTING, access.spreadsheetId]]);
  return putValues(access, 'Mark the workbook', settingWrites(own.settings.title, settingsRows, change));
}

/** In the mailboxes that a run would look into, as far as they can be opened. */
function lookIntoSent(
  host: Host,
  { settings, access }: OpenedWorkbook,
  identity: WorkbookIdentity,
  { month, version, properties, options }: OwnWorkbookRequest,
  opener: MailboxOpener,
): string {
  const sender = openOrClosed(host, settings.sendFrom, 'send', opener);
  const sought = { month, version, priorMonth: month, keep: false };
  const { open } = sentMailboxes(host, sender, sought, properties, opener);
  const { company, subject } = settings;
  const name = oneLine(fillName(subject, { month, company, code: '', version }));
  const workbookId = access.spreadsheetId;
  return sentEvidence(host, open, { workbookId, identity, month, version, subject: name }, options);
}
