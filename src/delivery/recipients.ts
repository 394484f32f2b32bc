/**
 * Who gets the statement: the setting, else those of the last statement mail, which for a corrected statement is that of
 * the version before; the CC setting always.
 */
import type { Call } from '../clients/exchange.ts';
import { andThen, done } from '../clients/exchange.ts';
import type { MessageHeaders } from '../clients/google/gmail.ts';
import { findNewest } from '../clients/google/gmail.ts';
import type { Mailbox } from '../statement/address.ts';
import { foldAddress, readAddresses, withoutDoubles } from '../statement/address.ts';
import { decodeWords } from '../statement/encoded-words.ts';
import type { FindingDraft } from '../statement/findings.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import { otherSubjects } from './other-subjects.ts';
import { domainOf, newDomains } from './recipient-domains.ts';

/** On every mail of Purser's: `statement`, or what never counts as one (`test`, `copy`, `notice`). */
export const KIND_HEADER = 'X-Purser-Kind';

/** On the statement mail itself: its code. */
export const STATEMENT_HEADER = 'X-Purser-Statement';

const HEADERS = ['To', 'Cc', 'From', 'Subject', 'In-Reply-To', KIND_HEADER, STATEMENT_HEADER];

/** Versions that are looked for; a month with more corrections than that is found by its subject. */
const VERSIONS = [1, 2, 3, 4, 5];

export interface LastMailCalls {
  readonly byCode: Call<MessageHeaders | null>;
  readonly bySubject: Call<MessageHeaders | null>;
}

/**
 * The newest statement mail of a month: by its code, which Gmail finds as a word in the body; or, for the months
 * before Purser, by its subject. A note about a statement names its code too and goes to whoever it goes to: only
 * Purser's own marks count, or the very subject.
 *
 * @param codeOf the statement code of a version of that month
 * @param formerCodes of the same month, by workbooks that this one was copied from: counted with the very subject only,
 * since a copy may be another company's
 */
export function lastMailCalls(
  token: string,
  codeOf: (version: number) => string,
  subject: string,
  formerCodes: readonly ((version: number) => string)[] = [],
): LastMailCalls {
  const codes = VERSIONS.map(codeOf);
  const former = formerCodes.flatMap((of) => VERSIONS.map(of));
  const isIt = (message: MessageHeaders): boolean =>
    codes.some((code) => isMarked(message, code)) ||
    hasSubject(message, subject) ||
    (isSameSubject(message, subject) && former.some((code) => isMarked(message, code)));
  // Copies and tests never count, and each hit costs a round; whether a statement is out is asked without this.
  const others = otherSubjects(subject)
    .map((one) => `-${inSubject(one)}`)
    .join(' ');
  const search = (query: string): Call<MessageHeaders | null> =>
    findNewest(token, `in:sent ${query} ${others}`, HEADERS, isIt);
  return {
    byCode: search(`{${codes.map((code) => `"${code}"`).join(' ')}}`),
    bySubject: search(inSubject(subject)),
  };
}

/** As Gmail searches for it; `-` before it leaves such mail out (support.google.com/mail/answer/7190). */
function inSubject(words: string): string {
  return `subject:"${words.replace(/["\\]/g, ' ')}"`;
}

export interface SentEvidence {
  readonly message: MessageHeaders;
  /** Whether it carries Purser's own marks; by its subject alone a person must say whether it is the statement. */
  readonly certain: boolean;
  /** The code that it carries, when a workbook sent it that this one was copied from. */
  readonly formerCode?: string;
}

/** A code that the statement may have gone out with from another workbook. */
export interface OtherCode {
  readonly code: string;
  /** Whether it counts whatever its subject; else with the very subject only. */
  readonly whateverSubject: boolean;
}

/**
 * The statement mail with this code that is in Sent already; null when there is none (Gmail's index may lag).
 * @param others codes of workbooks that this one was copied from
 */
export function statementInSent(
  token: string,
  code: string,
  subject: string,
  others: readonly OtherCode[] = [],
): Call<SentEvidence | null> {
  const otherOf = (message: MessageHeaders): OtherCode | undefined =>
    others.find((other) => isMarked(message, other.code));
  const isIt = (message: MessageHeaders): boolean =>
    isMarked(message, code) ||
    hasSubject(message, subject) ||
    otherOf(message)?.whateverSubject === true ||
    (otherOf(message) !== undefined && isSameSubject(message, subject));
  const words = [code, ...others.map((other) => other.code)].map((one) => `"${one}"`).join(' ');
  const query = others.length === 0 ? words : `{${words}}`;
  return andThen(findNewest(token, `in:sent ${query}`, HEADERS, isIt), (message) => {
    if (message === null) return done(null);
    const other = otherOf(message);
    if (other === undefined) return done({ message, certain: isMarked(message, code) });
    return done({ message, certain: isSameSubject(message, subject), formerCode: other.code });
  });
}

/** Sent by Purser as this very statement; tests, copies and notices are marked as what they are. */
function isMarked(message: MessageHeaders, code: string): boolean {
  return (
    headerOf(message, KIND_HEADER)?.trim() === 'statement' &&
    headerOf(message, STATEMENT_HEADER)?.trim() === code
  );
}

/** Without any mark of Purser's, no answer, and with the very subject: as a person sends a statement. */
function hasSubject(message: MessageHeaders, subject: string): boolean {
  return (
    headerOf(message, KIND_HEADER) === null &&
    headerOf(message, 'In-Reply-To') === null &&
    isSameSubject(message, subject)
  );
}

function isSameSubject(message: MessageHeaders, subject: string): boolean {
  return foldSubject(subjectOf(message)) === foldSubject(subject);
}

export interface Recipients {
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
}

export interface RecipientsChoice {
  readonly recipients: Recipients;
  /** Who got the last statement, without whom it came from; null when nobody knows. */
  readonly last: readonly string[] | null;
  readonly noticed: readonly FindingDraft[];
}

interface RecipientsQuestion {
  /** Null when the settings leave it to last month's mail. */
  readonly setting: readonly Mailbox[] | null;
  readonly alwaysCc: readonly Mailbox[];
  readonly lastMail: MessageHeaders | null;
  /** The code of the statement that this one corrects, when `lastMail` is its mail: whoever got that gets this, the sender too. */
  readonly corrects?: string;
  readonly priorMonth: Month;
  /** What that mail was looked for by, for whoever wonders why it was not found. */
  readonly priorSubject: string;
  /** The address that the statement goes out from; dropped from what last month's mail had, as that mail's own is. */
  readonly sender: string;
  /** All addresses of the person who runs this and of the accounts that they connected. */
  readonly self: readonly string[];
  /** Where that mail was looked for, when not in the built-in mailbox alone: addresses. */
  readonly searched?: readonly string[];
  /** Why it may be where nobody could look; a sentence each. */
  readonly unsearched?: readonly string[];
  /** Domains that statements went to by the register (see `domainsIn`); null when it is not known. */
  readonly knownDomains: ReadonlySet<string> | null;
}

export function chooseRecipients(choice: RecipientsQuestion): RecipientsChoice {
  const { lastMail, sender, corrects } = choice;
  const last = lastMail === null ? null : mailRecipients(lastMail, sender, corrects !== undefined);
  const lastName = corrects ?? monthLabel(choice.priorMonth);
  const to = withoutDoubles(choice.setting ?? last?.to ?? []);
  const copied = choice.setting === null ? (last?.cc ?? []) : [];
  const cc = withoutDoubles(
    [...copied, ...choice.alwaysCc],
    to.map(({ address }) => address),
  );
  const noticed: FindingDraft[] = [];
  // The CC setting alone is nobody: a copy needs somebody to be a copy for.
  if (to.length === 0 && copied.length === 0) {
    noticed.push({ code: 'no-recipients', message: nobodyWords(choice, last) });
  } else if (last !== null) {
    const changed = changedRecipients(last, [...to, ...cc], sender);
    if (changed !== null) {
      noticed.push({
        code: 'recipients-changed',
        about: changed,
        message: `The recipients are not those of ${lastName}: ${changed}. Check them before you send.`,
      });
    }
  }
  if (last !== null && choice.setting === null && last.unread.length > 0) {
    const words = last.unread.map((one) => `“${one}”`).join(', ');
    noticed.push({
      code: 'recipients-changed',
      about: words,
      message: `The statement mail of ${lastName} also went to ${words}, which is not a mail address that can be read, so it is left out. Enter the recipients in the settings.`,
    });
  }
  const lastDomains = last === null ? [] : [...last.to, ...last.cc].map(({ address }) => domainOf(address));
  noticed.push(
    ...newDomains(
      [...to, ...cc],
      new Set([...(choice.knownDomains ?? []), ...lastDomains]),
      [...choice.self, ...(last?.own ?? [])].map(domainOf),
    ),
  );
  return {
    recipients: { to: to.length > 0 ? to : cc, cc: to.length > 0 ? cc : [] },
    last: last === null ? null : [...last.to, ...last.cc].map(({ address }) => address),
    noticed,
  };
}

function nobodyWords(
  { setting, priorMonth, priorSubject, searched = [], unsearched = [] }: RecipientsQuestion,
  last: MailRecipients | null,
): string {
  const month = monthLabel(priorMonth);
  const where = searched.length === 0 ? 'Sent' : `Sent of ${searched.join(' and ')}`;
  const own =
    searched.length === 0 ? '' : ', in your own Sent and in that which the statement goes out from,';
  if (setting !== null)
    return 'Nobody to send to: the setting “Statement recipients” names no address. Enter the recipients there.';
  const why =
    last === null
      ? `no statement mail for ${month} was found in ${where} (by its code, or${own} by the subject “${priorSubject}”, which comes from the settings “Statement subject” and “Company”)`
      : `the statement mail for ${month} in ${where} went to nobody but yourself`;
  const elsewhere =
    last !== null || unsearched.length === 0
      ? ''
      : ` It may be where Purser could not look: ${unsearched.join(' ')}`;
  return `Nobody to send to: the setting “Statement recipients” is empty, and ${why}.${elsewhere} Enter the recipients in the settings.`;
}

interface MailRecipients extends Recipients {
  /** Addresses that the mail came from, and the one that the next goes out from. */
  readonly own: readonly string[];
  /** Those of them that are dropped. */
  readonly dropped: readonly string[];
  /** Whether the sender got that mail from another one: it is dropped now, and got a copy then. */
  readonly hadSender: boolean;
  /** What could not be read as an address. */
  readonly unread: readonly string[];
}

function mailRecipients(message: MessageHeaders, sender: string, keepsOwn: boolean): MailRecipients {
  const from = readAddresses(headerOf(message, 'From') ?? '').mailboxes.map(({ address }) => address);
  const own = [...from, sender].filter((address) => address !== '');
  const dropped = keepsOwn ? [] : own;
  const toReading = readAddresses(allOf(message, 'To'));
  const ccReading = readAddresses(allOf(message, 'Cc'));
  const to = withoutDoubles(toReading.mailboxes, dropped);
  const cc = withoutDoubles(ccReading.mailboxes, [...dropped, ...to.map(({ address }) => address)]);
  const all = withoutDoubles([...toReading.mailboxes, ...ccReading.mailboxes], from);
  const hadSender = !keepsOwn && all.some(({ address }) => foldAddress(address) === foldAddress(sender));
  return { to, cc, own, dropped, hadSender, unread: [...toReading.problems, ...ccReading.problems] };
}

/** The sender's own address is no change: a copy to oneself was dropped from what the last mail had. */
function changedRecipients(last: MailRecipients, now: readonly Mailbox[], sender: string): string | null {
  const ignored = new Set(last.dropped.map(foldAddress));
  const fold = (mailboxes: readonly Mailbox[]): Set<string> =>
    new Set(mailboxes.map(({ address }) => foldAddress(address)).filter((address) => !ignored.has(address)));
  const old = fold([...last.to, ...last.cc]);
  const current = fold(now);
  const added = [...current].filter((address) => !old.has(address));
  const dropped = [...old].filter((address) => !current.has(address));
  const getsNone = last.hadSender && !now.some(({ address }) => foldAddress(address) === foldAddress(sender));
  const parts = [
    ...(added.length > 0 ? [`new ${added.join(', ')}`] : []),
    ...(dropped.length > 0 ? [`no longer ${dropped.join(', ')}`] : []),
    ...(getsNone ? [`no longer ${sender}, which it goes out from now`] : []),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

function subjectOf(message: MessageHeaders): string {
  return decodeWords(headerOf(message, 'Subject') ?? '');
}

function headerOf(message: MessageHeaders, name: string): string | null {
  return message.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? null;
}

function allOf(message: MessageHeaders, name: string): string {
  return message.headers
    .filter((header) => header.name.toLowerCase() === name.toLowerCase())
    .map(({ value }) => value.replace(/[\r\n]+\s*/g, ' '))
    .join(', ');
}

/** Without case and with single spaces. What stands before the words stays: an answer is another mail. */
function foldSubject(subject: string): string {
  return subject.replace(/\s+/g, ' ').trim().toLowerCase();
}
