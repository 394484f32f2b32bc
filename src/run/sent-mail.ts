/** What is looked for in Sent: last month's statement mail, for its recipients, and this month's, in case it is out. */
import type { Call, Outcome } from '../clients/exchange.ts';
import type { MessageHeaders } from '../clients/google/gmail.ts';
import type { OutboxRecord, TransportName } from '../delivery/outbox-record.ts';
import { addressesOf, readRecord, statementRecordId } from '../delivery/outbox-record.ts';
import type { OtherCode, SentEvidence } from '../delivery/recipients.ts';
import { lastMailCalls, statementInSent } from '../delivery/recipients.ts';
import { newestSent } from '../delivery/sent-versions.ts';
import type { Host } from '../host/host.ts';
import type { Month } from '../statement/month.ts';
import type { ClosedMailbox } from './former-mailboxes.ts';
import {
  closedBy,
  formerOwnMailbox,
  goneMailbox,
  openFormerMailbox,
  openOtherSenders,
} from './former-mailboxes.ts';
import type { MailboxAccess, MailboxOpener } from './mailboxes.ts';
import { builtInMailbox } from './mailboxes.ts';

/** A mail with this statement's code, and in whose Sent it is. */
export interface FoundStatement extends SentEvidence {
  readonly mailbox: Pick<MailboxAccess, 'transport' | 'account'>;
}

/** Whose Sent is looked into. */
export interface SentMailboxes {
  readonly open: readonly MailboxAccess[];
  /** Those of them without which the run does not go on: the sender's, and what a mail of this month may be in. */
  readonly needed: ReadonlySet<TransportName>;
  /**
   * Those where a mail counts by its subject alone. Whoever owns another account may have written that subject to anybody:
   * there a mail counts by its code only.
   */
  readonly bySubject: ReadonlySet<TransportName>;
  readonly closed: readonly ClosedMailbox[];
  /** That of a mail of this month that nobody is sure of, when nobody can look into it. */
  readonly doubtfulClosed: ClosedMailbox | null;
  /** The outbox record of the month before, when it says whom that statement went to. */
  readonly prior: OutboxRecord | null;
}

export interface SentMail {
  /** By its code; else as the outbox has it; else by its subject. Of several the newest. */
  readonly lastMail: MessageHeaders | null;
  /** Whether it is that month's statement for certain, whatever Sent would have had besides. */
  readonly isLastCertain: boolean;
  /** One that is certain before one that is not; of several the newest. */
  readonly inSent: FoundStatement | null;
  readonly closed: readonly ClosedMailbox[];
}

type SentCall = Call<MessageHeaders | null> | Call<SentEvidence | null>;

/**
 * All mailboxes whose Sent may have these mails, each once: the sender's, the built-in one, that of a mail of this month
 * that nobody is sure of, and those of all accounts that are connected for sending. Neither a changed setting nor a lost
 * record hides a mail that is out.
 * @throws PurserError when one of those that are needed can't be opened for the moment
 */
export function sentMailboxes(
  host: Host,
  sender: MailboxAccess,
  request: {
    readonly month: Month;
    readonly version: number;
    readonly priorMonth: Month;
    /** False in a preview, which does without what can't be opened for the moment. */
    readonly keep: boolean;
  },
  properties: Readonly<Record<string, string>>,
  opener: MailboxOpener,
): SentMailboxes {
  const { month, version, priorMonth, keep } = request;
  const builtIn = builtInMailbox(opener.token, 'The person’s own mailbox is always looked into.');
  const own = sender.transport === 'built-in' ? sender : builtIn;
  const open = sender.transport === 'built-in' || sender.closed !== undefined ? [own] : [sender, own];
  const needed = new Set<TransportName>([sender.transport]);
  const closed: ClosedMailbox[] = [];
  let doubtfulClosed: ClosedMailbox | null = null;
  const doubtful = doubtfulRecord(recordOf(properties, month, version));
  if (doubtful?.transport === 'built-in') {
    doubtfulClosed = formerOwnMailbox(doubtful, opener.self());
  } else if (doubtful !== null && !needed.has(doubtful.transport)) {
    const former = openFormerMailbox(host, doubtful, opener, keep);
    if (former.open !== null) open.push(former.open);
    else closed.push(former.closed);
    doubtfulClosed = former.closed;
  }
  if (keep && doubtful !== null) needed.add(doubtful.transport);
  const taken = new Set([...needed, ...[...open, ...closed].map(({ transport }) => transport)]);
  const others = openOtherSenders(host, taken, opener);
  const prior = newestSentOf(properties, priorMonth);
  const known = [...taken, ...[...others.open, ...others.closed].map(({ transport }) => transport)];
  const gone = prior !== null && !known.includes(prior.transport) ? [goneMailbox(prior)] : [];
  const bySubject = new Set<TransportName>([sender.transport, 'built-in', prior?.transport ?? 'built-in']);
  return {
    open: [...open, ...others.open],
    needed,
    bySubject,
    closed: [...closed, ...others.closed, ...gone],
    doubtfulClosed,
    prior,
  };
}

/** A record that can't be read stops its own month before this; it says nothing about another. */
function recordOf(
  properties: Readonly<Record<string, string>>,
  month: Month,
  version: number,
): OutboxRecord | null {
  try {
    return readRecord(properties, statementRecordId(month, version));
  } catch {
    return null;
  }
}

function newestSentOf(properties: Readonly<Record<string, string>>, month: Month): OutboxRecord | null {
  try {
    return newestSent(properties, month);
  } catch {
    return null;
  }
}

/** A record that is queued or failed says for certain that nothing went out. */
function doubtfulRecord(record: OutboxRecord | null): OutboxRecord | null {
  return record?.state === 'sending' || record?.state === 'unknown' ? record : null;
}

/** @param words.priorCodeOf the statement code of a version of the month before */
export function sentMailCalls(
  { open, bySubject }: SentMailboxes,
  words: {
    readonly priorCodeOf: (version: number) => string;
    readonly priorSubject: string;
    readonly code: string;
    readonly subject: string;
    /** Of workbooks that this one was copied from. */
    readonly former: {
      readonly codes: readonly OtherCode[];
      readonly priorCodesOf: readonly ((version: number) => string)[];
    };
  },
): { readonly [name: `sent ${string}`]: SentCall } {
  const calls: Record<`sent ${string}`, SentCall> = {};
  for (const { transport, authorize } of open) {
    const last = (token: string) =>
      lastMailCalls(token, words.priorCodeOf, words.priorSubject, words.former.priorCodesOf);
    calls[`sent ${transport} by code`] = authorize((token) => last(token).byCode);
    if (bySubject.has(transport)) {
      calls[`sent ${transport} by subject`] = authorize((token) => last(token).bySubject);
    }
    calls[`sent ${transport} statement`] = authorize((token) =>
      statementInSent(token, words.code, words.subject, words.former.codes),
    );
  }
  return calls;
}

/**
 * @param outcomes what became of `sentMailCalls`, among others
 * @param self the address of the built-in mailbox
 * @throws PurserError of a mailbox that is needed and could not be looked into
 */
export function readSentMail(
  host: Host,
  { open, needed, closed, prior }: SentMailboxes,
  outcomes: Readonly<Record<string, unknown>>,
  self: string,
): SentMail {
  const failed: ClosedMailbox[] = [];
  const read = open.flatMap((mailbox) => {
    const { transport, account } = mailbox;
    const outcomeOf = <T>(name: string) =>
      (outcomes[`sent ${transport} ${name}`] ?? NOT_ASKED) as Outcome<T | null>;
    const byCode = outcomeOf<MessageHeaders>('by code');
    const bySubject = outcomeOf<MessageHeaders>('by subject');
    const statement = outcomeOf<SentEvidence>('statement');
    const bad = [statement, byCode, bySubject].find(({ ok }) => !ok);
    if (bad !== undefined && !bad.ok) {
      if (needed.has(transport)) throw bad.error;
      failed.push(closedBy(host, transport, account ?? self, bad.error));
    }
    const found = (outcome: Outcome<MessageHeaders | null>) => (outcome.ok ? outcome.value : null);
    const evidence = statement.ok ? statement.value : null;
    return [{ mailbox, byCode: found(byCode), bySubject: found(bySubject), evidence }];
  });
  const inSent = read
    .flatMap(({ mailbox: { transport, account }, evidence }): FoundStatement[] =>
      evidence === null ? [] : [{ ...evidence, mailbox: { transport, account } }],
    )
    .sort(
      (one, other) =>
        Number(other.certain) - Number(one.certain) ||
        other.message.internalDateMs - one.message.internalDateMs,
    );
  const certain = newest(read.map(({ byCode }) => byCode)) ?? recordedMail(prior);
  return {
    lastMail: certain ?? newest(read.map(({ bySubject }) => bySubject)),
    isLastCertain: certain !== null,
    inSent: inSent[0] ?? null,
    closed: [...closed, ...failed],
  };
}

const NOT_ASKED: Outcome<null> = { ok: true, value: null };

function newest(messages: readonly (MessageHeaders | null)[]): MessageHeaders | null {
  const [first = null] = messages
    .flatMap((message) => message ?? [])
    .sort((one, other) => other.internalDateMs - one.internalDateMs);
  return first;
}

/** The outbox knows whom a statement went to, also when its mail is out of reach; names it does not keep. */
function recordedMail(record: OutboxRecord | null): MessageHeaders | null {
  if (record === null || record.recipients.length === 0) return null;
  const { messageId = '', threadId = '', changedAt, sentAt = changedAt, from = '' } = record;
  return {
    id: messageId,
    threadId,
    internalDateMs: Date.parse(sentAt),
    headers: [
      { name: 'From', value: from },
      { name: 'To', value: addressesOf(record, 'to').join(', ') },
      { name: 'Cc', value: addressesOf(record, 'cc').join(', ') },
    ],
  };
}
