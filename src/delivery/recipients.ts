/** Who gets the statement: the setting, else those of the last statement mail; the CC setting always. */
import { findNewest } from '../clients/google/gmail.ts';
import type { MessageHeaders } from '../clients/google/gmail.ts';
import type { Call } from '../clients/exchange.ts';
import { foldAddress, readAddresses, withoutDoubles } from '../statement/address.ts';
import type { Mailbox } from '../statement/address.ts';
import type { FindingDraft } from '../statement/findings.ts';
import { monthLabel } from '../statement/month.ts';
import type { Month } from '../statement/month.ts';

/** On every mail of Purser's: `statement`, or what never counts as one (`test`, `copy`, `notice`). */
export const KIND_HEADER = 'X-Purser-Kind';

const HEADERS = ['To', 'Cc', 'From', 'Subject', KIND_HEADER];

/** Versions that are looked for; a month with more corrections than that is found by its subject. */
const VERSIONS = [1, 2, 3, 4, 5];

export interface LastMailCalls {
  readonly byCode: Call<MessageHeaders | null>;
  readonly bySubject: Call<MessageHeaders | null>;
}

/**
 * The newest statement mail of a month: by its code, which Gmail finds as a word in the body; or, for the months
 * before Purser, by its subject.
 *
 * @param codeOf the statement code of a version of that month
 */
export function lastMailCalls(token: string, codeOf: (version: number) => string, subject: string): LastMailCalls {
  const codes = VERSIONS.map((version) => `"${codeOf(version)}"`).join(' ');
  const counts = (message: MessageHeaders): boolean => {
    const kind = headerOf(message, KIND_HEADER);
    return kind === null || kind === 'statement';
  };
  const sameSubject = (message: MessageHeaders): boolean =>
    counts(message) && foldSubject(headerOf(message, 'Subject') ?? '') === foldSubject(subject);
  return {
    byCode: findNewest(token, `in:sent {${codes}}`, HEADERS, counts),
    bySubject: findNewest(token, `in:sent subject:"${subject.replace(/["\\]/g, ' ')}"`, HEADERS, sameSubject),
  };
}

export interface Recipients {
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
}

export interface RecipientsChoice {
  readonly recipients: Recipients;
  readonly noticed: readonly FindingDraft[];
}

/**
 * @param setting null when the settings leave it to last month's mail
 * @param self the sender's own address, dropped from what last month's mail had
 */
export function chooseRecipients(choice: {
  readonly setting: readonly Mailbox[] | null;
  readonly alwaysCc: readonly Mailbox[];
  readonly lastMail: MessageHeaders | null;
  readonly priorMonth: Month;
  readonly self: string;
}): RecipientsChoice {
  const last = choice.lastMail === null ? null : mailRecipients(choice.lastMail, choice.self);
  const to = withoutDoubles(choice.setting ?? last?.to ?? []);
  const cc = withoutDoubles(
    [...(choice.setting === null ? (last?.cc ?? []) : []), ...choice.alwaysCc],
    to.map(({ address }) => address),
  );
  const noticed: FindingDraft[] = [];
  if (to.length === 0 && cc.length === 0) {
    noticed.push({
      code: 'no-recipients',
      message: `Nobody to send to: the setting “Statement recipients” is empty, and no statement mail for ${monthLabel(choice.priorMonth)} was found in Sent. Enter the recipients in the settings.`,
    });
  } else if (last !== null) {
    const changed = changedRecipients([...last.to, ...last.cc], [...to, ...cc]);
    if (changed !== null) {
      noticed.push({
        code: 'recipients-changed',
        message: `The recipients are not those of ${monthLabel(choice.priorMonth)}: ${changed}. Check them before you send.`,
      });
    }
  }
  return { recipients: { to: to.length > 0 ? to : cc, cc: to.length > 0 ? cc : [] }, noticed };
}

function mailRecipients(message: MessageHeaders, self: string): Recipients {
  const from = readAddresses(headerOf(message, 'From') ?? '').mailboxes.map(({ address }) => address);
  const own = [self, ...from].filter((address) => address !== '');
  const to = withoutDoubles(readAddresses(allOf(message, 'To')).mailboxes, own);
  const cc = withoutDoubles(readAddresses(allOf(message, 'Cc')).mailboxes, [...own, ...to.map(({ address }) => address)]);
  return { to, cc };
}

function changedRecipients(before: readonly Mailbox[], now: readonly Mailbox[]): string | null {
  const old = new Set(before.map(({ address }) => foldAddress(address)));
  const current = new Set(now.map(({ address }) => foldAddress(address)));
  const added = [...current].filter((address) => !old.has(address));
  const dropped = [...old].filter((address) => !current.has(address));
  const parts = [
    ...(added.length > 0 ? [`new ${added.join(', ')}`] : []),
    ...(dropped.length > 0 ? [`no longer ${dropped.join(', ')}`] : []),
  ];
  return parts.length === 0 ? null : parts.join('; ');
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

/** As mail programs compare subjects: without case, spaces and the prefixes of answers. */
function foldSubject(subject: string): string {
  return subject
    .replace(/^\s*((re|fwd?|aw|wg)\s*:\s*)+/i, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
