/** Mailboxes as a person who opens Gmail sees them: what is in them, not what an app may ask. */
import type { Mailbox } from './mailbox.ts';

export interface StoredMail {
  readonly id: string;
  /** System labels by id, the person's own by name. */
  readonly labels: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly raw: Uint8Array;
}

/** In the order of arrival. */
export function storedMails(mailbox: Mailbox): readonly StoredMail[] {
  const names = new Map(mailbox.userLabels().map(({ id, name }) => [id, name]));
  return mailbox.all().map(({ id, labelIds, internalDateMs, raw }) => ({
    id,
    labels: labelIds.map((label) => names.get(label) ?? label),
    atMs: internalDateMs,
    raw: new Uint8Array(raw),
  }));
}
