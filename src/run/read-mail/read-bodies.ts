/** Reads mail bodies in parallel waves, within Gmail's quota, as far as the time allows. */
import type { Call } from '../../clients/exchange.ts';
import { exchange } from '../../clients/exchange.ts';
import type { SheetValue } from '../../clients/google/sheets.ts';
import type { PurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import type { MailRead } from '../../sources/booking-message.ts';
import { bookingMailCall } from '../../sources/booking-message.ts';
import type { BookingMailSettings } from '../../sources/bookings/booking-mail.ts';
import type { BookingWord } from '../../statement/booking.ts';
import { mailUrl } from '../../statement/mail-url.ts';
import { cut } from '../../statement/short-text.ts';
import { mailRows } from '../../workbook/evidence-tab.ts';
import type { MailboxAccess } from '../mailboxes.ts';
import type { MailQuota } from './mail-quota.ts';
import { mailQuota } from './mail-quota.ts';

interface BodiesRequest {
  readonly mailbox: Pick<MailboxAccess, 'account' | 'authorize'>;
  /** In the order in which they are read: oldest first, so that a stop leaves the newest for the next time. */
  readonly ids: readonly string[];
  readonly settings: BookingMailSettings;
  /** No wave begins at or after this moment, nor is slept beyond it. */
  readonly deadlineMs: number;
  /** Default: as many as the deadline allows. */
  readonly mostBodies?: number;
  /** When a mail that Gmail won't give is taken to have come; default now. Milliseconds since 1970 UTC. */
  readonly assumedMs?: number;
  /** Called after every 200 mails or so, and at the end, with what was read since; what it throws ends the reading. */
  readonly keep?: (some: KeptMail) => void;
}

interface KeptMail {
  /** Of the evidence tab. */
  readonly rows: readonly (readonly SheetValue[])[];
  readonly ids: readonly string[];
}

interface BodiesRead extends KeptMail {
  /** Of the mails that were read just now. */
  readonly words: readonly BookingWord[];
  /** Left for the next time. */
  readonly unreadIds: readonly string[];
  /** Of those: what Gmail failed to give, however often it was asked, and why. */
  readonly failed: readonly { readonly id: string; readonly why: string }[];
  /** Deleted between listing and reading. */
  readonly goneIds: readonly string[];
  /** Why the reading ended before its time; null when nothing but time or quota ended it. */
  readonly stopped: PurserError | null;
}

/**
 * Gmail refuses a person's requests beyond some dozens at once: 60 requests and a batch of 100 were refused, 25 were
 * not (github.com/amp-labs/connectors/pull/2942, github.com/amd/gaia/issues/2720).
 */
const WAVE = 25;
const KEEP_EVERY = 200;
/** Tries of a single mail; what is refused for quota waits for the next minute instead. */
const ATTEMPTS = 3;
const MOST_REFUSED_WAVES = 3;

/** Each mail is one call, repeated by itself. Never throws but for what `keep` throws. */
export function readBodies(host: Host, request: BodiesRequest): BodiesRead {
  const { ids, deadlineMs } = request;
  const of = Math.min(ids.length, request.mostBodies ?? ids.length);
  const quota = mailQuota();
  const read: MailRead[] = [];
  const failed: { id: string; why: string }[] = [];
  const goneIds: string[] = [];
  let stopped: PurserError | null = null;
  let queue = ids.slice(0, of);
  let kept = 0;
  let refusedWaves = 0;
  const keep = (): void => {
    if (kept < read.length) request.keep?.(keptMail(read.slice(kept), request.mailbox.account));
    kept = read.length;
  };

  while (queue.length > 0 && stopped === null && refusedWaves < MOST_REFUSED_WAVES) {
    const wave = queue.slice(0, WAVE);
    const waitMs = quota.waitMs(host.now(), wave.length);
    if (host.now() + waitMs >= deadlineMs) break;
    if (waitMs > 0) host.sleep(waitMs);
    const result = readWave(host, request, wave, quota);
    read.push(...result.read);
    goneIds.push(...result.gone);
    failed.push(...result.failed);
    stopped = result.stopped;
    refusedWaves = result.putOff.length < wave.length ? 0 : refusedWaves + 1;
    queue = [...result.putOff, ...queue.slice(wave.length)];
    if (read.length - kept >= KEEP_EVERY) keep();
    host.progress({ step: 'read mail', done: of - queue.length, of });
  }
  keep();
  return {
    ...keptMail(read, request.mailbox.account),
    words: read.flatMap(({ words }) => words),
    unreadIds: [...failed.map(({ id }) => id), ...queue, ...ids.slice(of)],
    failed,
    goneIds,
    stopped,
  };
}

function keptMail(read: readonly MailRead[], account: string | null): KeptMail {
  return {
    rows: read.flatMap(({ id, words, receivedAt }) =>
      mailRows(id, words, receivedAt, mailUrl('all', id, account), account),
    ),
    ids: read.map(({ id }) => id),
  };
}

interface WaveRead {
  readonly read: readonly MailRead[];
  readonly gone: readonly string[];
  /** To be asked for again when Gmail's minute is over. */
  readonly putOff: readonly string[];
  readonly failed: readonly { readonly id: string; readonly why: string }[];
  readonly stopped: PurserError | null;
}

function readWave(host: Host, request: BodiesRequest, wave: readonly string[], quota: MailQuota): WaveRead {
  const decode: Host['decodeText'] = (bytes, charset) => host.decodeText(bytes, charset);
  const asked = new Map<string, number>();
  const calls = wave.map((id): [string, Call<MailRead>] => {
    const onAsked = (): void => {
      asked.set(id, (asked.get(id) ?? 0) + 1);
    };
    const call = request.mailbox.authorize((token) =>
      charged(bookingMailCall(token, id, request.settings, decode), quota, onAsked),
    );
    return [id, call];
  });
  const options = { deadlineMs: request.deadlineMs, attempts: ATTEMPTS };
  const outcomes = exchange(host, Object.fromEntries(calls), options);
  const read: MailRead[] = [];
  const gone: string[] = [];
  const putOff: string[] = [];
  const late: string[] = [];
  const failed: { id: string; why: string }[] = [];
  const refused: MailRead[] = [];
  const { account } = request.mailbox;
  let trouble: PurserError | null = null;
  for (const id of wave) {
    const outcome = outcomes[id];
    if (outcome === undefined) continue;
    if (outcome.ok) {
      read.push(inMailbox(outcome.value, account));
      continue;
    }
    const { error } = outcome;
    host.log({ event: 'mail-not-read', id, code: error.code, message: error.what.slice(0, 300) });
    if (error.code === 'google-not-found') gone.push(id);
    else if (error.code === 'service-throttled') putOff.push(id);
    else {
      trouble = error;
      // Cut short by the deadline, not refused: nobody may say that Gmail does not have it.
      if (error.kind === 'unavailable' && (asked.get(id) ?? 0) < ATTEMPTS) late.push(id);
      else if (error.kind === 'unavailable' || isOfAllMail(error)) failed.push({ id, why: error.what });
      else refused.push(inMailbox(unreadable(id, error, request.assumedMs ?? host.now()), account));
    }
  }
  if (putOff.length > 0) quota.exhaust(host.now());
  const none = read.length + gone.length + putOff.length === 0;
  // One mail that Gmail won't give is that mail's; a wave of them is not.
  const isGeneral = trouble !== null && ((none && wave.length > 1) || isOfAllMail(trouble));
  if (isGeneral)
    return {
      read,
      gone,
      putOff,
      failed: [
        ...failed,
        ...[...late, ...refused.map(({ id }) => id)].map((id) => ({ id, why: trouble?.what ?? '' })),
      ],
      stopped: trouble,
    };
  return { read: [...read, ...refused], gone, putOff: [...putOff, ...late], failed, stopped: null };
}

/** Its words say in which account's mail they are, so that their links open there. */
function inMailbox(mail: MailRead, account: string | null): MailRead {
  if (account === null) return mail;
  return { ...mail, words: mail.words.map((word) => ({ ...word, mailbox: account })) };
}

/** Each attempt goes to the account. */
function charged(call: Call<MailRead>, quota: MailQuota, onAsked: () => void): Call<MailRead> {
  return {
    ...call,
    request: (attempt) => {
      onAsked();
      quota.spendBody(attempt.nowMs);
      return call.request(attempt);
    },
  };
}

/** What no other mail would fare better with: permissions, the token. */
function isOfAllMail(error: PurserError): boolean {
  return error.kind === 'setup' || error.data.status === 401 || error.data.status === 403;
}

/** A mail that can't be read must neither be dropped nor be asked for for ever: a row says so, and is a finding. */
function unreadable(id: string, error: PurserError, nowMs: number): MailRead {
  const receivedAt = new Date(nowMs).toISOString();
  const word: BookingWord = {
    messageId: id,
    receivedAt,
    kind: 'confirmed',
    reference: null,
    guestNames: [],
    partySize: null,
    date: null,
    departs: null,
    vessel: null,
    amountCents: null,
    currency: null,
    outsideCents: null,
    isNet: false,
    problems: [
      `The mail could not be read: ${cut(error.what, 200)} Delete this row to have Purser try again.`,
    ],
  };
  return { id, receivedAt, words: [word] };
}
