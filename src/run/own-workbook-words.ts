/** What a person is told, or asked, of a workbook that is a copy, or that has lost what it knew of its mails. */
import type { ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { SentEvidence } from '../delivery/recipients.ts';
import { statementInSent } from '../delivery/recipients.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { readAddresses } from '../statement/address.ts';
import type { FindingDraft } from '../statement/findings.ts';
import { codeOfLetters, workbookLetters } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import type { MailboxAccess } from './mailboxes.ts';
import type { WorkbookIdentity } from './own-workbook.ts';

/** Of a workbook that is not known as its own. */
function whatItIs(identity: WorkbookIdentity): string {
  if (identity.kind !== 'copied')
    return 'Purser’s own records of what this workbook has sent are gone (they were kept in its document properties).';
  const { id, letters } = identity.original;
  return id === ''
    ? `This workbook is a copy: its register has statements whose codes begin with ${letters}, which another workbook sent.`
    : `This workbook is a copy: its setting “Workbook” names ${originalUrl(id) ?? `“${cut(id, 60)}”`} as the one that sends.`;
}

/** Null for what can be no workbook's id. */
function originalUrl(id: string): string | null {
  return /^[\w-]{10,120}$/.test(id) ? `https://docs.google.com/spreadsheets/d/${id}/edit` : null;
}

/** For a preview, which goes on. */
export function copyDraft(identity: WorkbookIdentity): FindingDraft {
  const url = identity.kind === 'copied' ? originalUrl(identity.original.id) : null;
  return {
    code: identity.kind === 'copied' ? 'workbook-copied' : 'outbox-missing',
    message: `${whatItIs(identity)} Nothing is sent from here before a person has chosen Send statement… and said that this workbook sends from now on.`,
    links: url === null ? [] : [{ label: 'The original', url }],
  };
}

/** @param evidence as `sentEvidence` gives it */
export function copyRefused(identity: WorkbookIdentity, evidence: string): PurserError {
  const isCopy = identity.kind === 'copied';
  const here =
    'choose Purser › Send statement… here and say yes when you are asked whether it sends from now on.';
  return new PurserError(isCopy ? 'workbook-copied' : 'outbox-missing', {
    what: `${whatItIs(identity)} ${evidence} Nothing was posted or sent.`,
    now: isCopy
      ? `Send from the original. If this one is to send from now on, set “Send automatically” to “never” in the original, then ${here}`
      : `Look into Sent and the register for what is out. Then ${here}`,
    data: { original: isCopy ? identity.original.id.slice(0, 120) : '' },
  });
}

export function adoptQuestion(identity: WorkbookIdentity, evidence: string): string {
  return [
    whatItIs(identity),
    '',
    evidence,
    '',
    'Does this workbook send the statements from now on?',
    '',
    identity.kind === 'copied'
      ? 'Yes: it does; what the original has sent counts as sent. The original goes on by itself unless you set “Send automatically” to “never” there. No: nothing is changed.'
      : 'Yes: it goes on; what Sent or the register shows as sent is not sent again unasked. No: nothing is changed.',
  ].join('\n');
}

export interface SentQuestion {
  readonly workbookId: string;
  readonly identity: WorkbookIdentity;
  readonly month: Month;
  readonly version: number;
  /** Of the statement's mail; empty: only codes count. */
  readonly subject: string;
}

/** A sentence or two: whether Sent has the month's statement, by the code of this workbook and of its original. */
export function sentEvidence(
  host: Host,
  mailboxes: readonly MailboxAccess[],
  { workbookId, identity, month, version, subject }: SentQuestion,
  options: ExchangeOptions,
): string {
  const own = codeOfLetters(workbookLetters(workbookId), month, version);
  const original =
    identity.kind === 'copied' ? codeOfLetters(identity.original.letters, month, version) : null;
  const codes = original === null ? [own] : [original, own];
  const calls = codes.flatMap((code) =>
    mailboxes.map(
      ({ transport, authorize }) =>
        [`${code} ${transport}`, authorize((token) => statementInSent(token, code, subject))] as const,
    ),
  );
  const outcomes = Object.values(exchange(host, Object.fromEntries(calls), options));
  const found = outcomes.flatMap((outcome: Outcome<SentEvidence | null>) =>
    outcome.ok && outcome.value !== null ? [outcome.value] : [],
  );
  const failed = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.what]));
  const codeWords = codes.join(' or ');
  const name = `${monthLabel(month)}’s statement`;
  const hits = [...new Map(found.map((one) => [one.message.id, one])).values()];
  const sentences = hits.map((hit) => `In Sent there is a mail with ${name}: ${hitWords(host, hit)}.`);
  if (hits.length === 0 && failed.length < outcomes.length)
    sentences.push(`In Sent no mail with ${name} was found (code ${codeWords}).`);
  if (failed.length > 0) sentences.push(`Not all of Sent could be looked into: ${failed[0] ?? ''}`);
  return sentences.join(' ');
}

function hitWords(host: Host, { message }: SentEvidence): string {
  const { date } = host.localTime(message.internalDateMs, host.workbookTimeZone());
  const header = (name: string): string =>
    message.headers.find((one) => one.name.toLowerCase() === name)?.value ?? '';
  const to = readAddresses(header('to')).mailboxes.map(({ address }) => address);
  const code = header('x-purser-statement').trim();
  const by = code === '' ? 'without Purser’s marks' : `code ${cut(code, 30)}`;
  return `${by}, of ${date}, to ${to.slice(0, 5).join(', ') || 'nobody'}${to.length > 5 ? ' …' : ''}`;
}
