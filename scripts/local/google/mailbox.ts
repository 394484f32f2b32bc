/** One account's mail: what is in it, which thread it belongs to, how it is found. */
import type { Clock } from '../contract.ts';
import { parseMailQuery } from './mail-query.ts';
import type { MailText } from './mail-text.ts';
import { mailText } from './mail-text.ts';
import type { HeaderField } from './mime.ts';
import { decodeWords, headerOf, messageHeaders } from './mime.ts';

export interface StoredMessage {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: readonly string[];
  readonly internalDateMs: number;
  readonly historyId: number;
  readonly raw: Buffer;
  /** What a recipient gets, for a message that was sent through the API. */
  readonly delivered: Buffer | null;
}

export interface MailboxLabel {
  readonly id: string;
  readonly name: string;
}

export interface MailboxState {
  readonly email: string;
  readonly count: number;
  readonly labels: readonly MailboxLabel[];
  readonly messages: readonly (Omit<StoredMessage, 'raw' | 'delivered'> & {
    readonly raw: string;
    readonly delivered: string | null;
  })[];
}

export interface SearchPage {
  readonly messages: readonly StoredMessage[];
  /** The last message of the page when more follow. */
  readonly more: StoredMessage | null;
}

export interface Mailbox {
  readonly email: string;
  /** Puts a message in; `labels` are ids of system labels or names of the user's own. */
  insert(
    raw: Buffer,
    options: { labels: readonly string[]; internalDateMs: number; threadId?: string; delivered?: Buffer },
  ): StoredMessage;
  get(id: string): StoredMessage | null;
  /** Oldest first; empty when there is no such thread. */
  thread(id: string): StoredMessage[];
  /** In the order of arrival. */
  all(): readonly StoredMessage[];
  userLabels(): readonly MailboxLabel[];
  /** Newest first; `after` is the last message of the page before. */
  search(options: {
    q: string;
    labelIds: readonly string[];
    spamAndTrash: boolean;
    limit: number;
    after: { internalDateMs: number; id: string } | null;
  }): Promise<SearchPage>;
  textOf(message: StoredMessage): Promise<MailText>;
  state(): MailboxState;
}

export const SYSTEM_LABELS: readonly string[] =
  'CHAT SENT INBOX IMPORTANT TRASH DRAFT SPAM CATEGORY_FORUMS CATEGORY_UPDATES CATEGORY_PERSONAL CATEGORY_PROMOTIONS CATEGORY_SOCIAL STARRED UNREAD'.split(
    ' ',
  );

/** A subject as threads compare it: decoded, without `Re:` and `Fwd:`. */
export function bareSubject(headers: readonly HeaderField[]): string {
  const subject = decodeWords(headerOf(headers, 'subject') ?? '');
  return subject
    .replace(/^(?:\s*(?:re|fwd?|aw)\s*:)+/i, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** The message ids that a message answers, with their angle brackets. */
export function referencedIds(headers: readonly HeaderField[]): string[] {
  const named = `${headerOf(headers, 'references') ?? ''} ${headerOf(headers, 'in-reply-to') ?? ''}`;
  return named.match(/<[^<>\s]+>/g) ?? [];
}

/** Gmail's own bounces come into the conversation of what they answer, under a subject of their own. */
function isOwnBounce(headers: readonly HeaderField[]): boolean {
  return /\bmailer-daemon@google(mail)?\.com\b/i.test(headerOf(headers, 'from') ?? '');
}

export function createMailbox(email: string, clock: Clock, saved?: MailboxState): Mailbox {
  const messages = new Map<string, StoredMessage>();
  const byMessageId = new Map<string, string>();
  const texts = new Map<string, MailText>();
  const labels = new Map<string, MailboxLabel>();
  let count = saved?.count ?? 0;
  let newestFirst: StoredMessage[] | null = null;

  const keep = (message: StoredMessage, headers = messageHeaders(message.raw)): void => {
    messages.set(message.id, message);
    const messageId = /<[^<>\s]+>/.exec(headerOf(headers, 'message-id') ?? '')?.[0];
    if (messageId !== undefined) byMessageId.set(messageId, message.id);
    newestFirst = null;
  };

  const labelKey = (name: string): string => name.toLowerCase().replace(/[\s/]+/g, '-');
  const labelIdOf = (name: string): string | null => {
    const system = name.toUpperCase();
    return SYSTEM_LABELS.includes(system) ? system : (labels.get(labelKey(name))?.id ?? null);
  };
  const madeLabelId = (name: string): string => {
    const known = labelIdOf(name);
    if (known !== null) return known;
    const label = { id: `Label_${labels.size + 1}`, name };
    labels.set(labelKey(name), label);
    return label.id;
  };

  for (const label of saved?.labels ?? []) labels.set(labelKey(label.name), label);
  for (const message of saved?.messages ?? []) {
    const delivered = message.delivered === null ? null : Buffer.from(message.delivered, 'base64');
    keep({ ...message, raw: Buffer.from(message.raw, 'base64'), delivered });
  }

  const textOf = async (message: StoredMessage): Promise<MailText> => {
    const known = texts.get(message.id);
    if (known) return known;
    const text = await mailText(message.raw);
    texts.set(message.id, text);
    return text;
  };

  return {
    email,
    insert(raw, options) {
      count += 1;
      // Gmail's ids are the arrival in milliseconds, shifted by 20 bits, in hexadecimal.
      const id = ((BigInt(Math.max(0, clock.now())) << 20n) + BigInt(count)).toString(16).padStart(16, '0');
      const headers = messageHeaders(raw);
      const answered = referencedIds(headers)
        .map((reference) => messages.get(byMessageId.get(reference) ?? ''))
        .find(
          (earlier) =>
            earlier &&
            (isOwnBounce(headers) || bareSubject(messageHeaders(earlier.raw)) === bareSubject(headers)),
        );
      // Mail that arrives finds its thread by itself; mail that is sent is told (`threadId`).
      const threadId = options.threadId ?? (options.delivered ? id : (answered?.threadId ?? id));
      const message: StoredMessage = {
        id,
        threadId,
        labelIds: options.labels.map(madeLabelId),
        internalDateMs: options.internalDateMs,
        historyId: count,
        raw,
        delivered: options.delivered ?? null,
      };
      keep(message, headers);
      return message;
    },
    get: (id) => messages.get(id) ?? null,
    thread: (id) => {
      const found = [...messages.values()].filter((message) => message.threadId === id);
      return found.sort((one, other) => one.internalDateMs - other.internalDateMs);
    },
    all: () => [...messages.values()],
    userLabels: () => [...labels.values()],
    async search({ q, labelIds, spamAndTrash, limit, after }) {
      const query = parseMailQuery(q, { nowMs: clock.now(), email, labelId: labelIdOf });
      const hidden =
        spamAndTrash || query.everywhere || labelIds.some((id) => id === 'SPAM' || id === 'TRASH');
      newestFirst ??= [...messages.values()].sort(
        (one, other) => other.internalDateMs - one.internalDateMs || (other.id > one.id ? 1 : -1),
      );
      const found: StoredMessage[] = [];
      for (const message of newestFirst) {
        const { internalDateMs, id } = message;
        if (
          after &&
          (internalDateMs > after.internalDateMs ||
            (internalDateMs === after.internalDateMs && id >= after.id))
        ) {
          continue;
        }
        if (!hidden && message.labelIds.some((label) => label === 'SPAM' || label === 'TRASH')) continue;
        if (!labelIds.every((label) => message.labelIds.includes(label))) continue;
        const facts = { ...message, sizeBytes: message.raw.length, text: texts.get(id) ?? null };
        const matches = query.matches(facts) ?? query.matches({ ...facts, text: await textOf(message) });
        if (!matches) continue;
        if (found.length === limit) return { messages: found, more: found.at(-1) ?? null };
        found.push(message);
      }
      return { messages: found, more: null };
    },
    textOf,
    state: () => ({
      email,
      count,
      labels: [...labels.values()],
      messages: [...messages.values()].map((message) => ({
        ...message,
        raw: message.raw.toString('base64'),
        delivered: message.delivered?.toString('base64') ?? null,
      })),
    }),
  };
}
