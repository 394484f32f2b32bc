/** Gmail v1 by REST, as far as Purser needs it (developers.google.com/workspace/gmail/api/reference/rest). */
import * as v from 'valibot';
import type { Call, Settled } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { settleJson } from './reply.ts';

const ORIGIN = 'https://gmail.googleapis.com';

/** The first hit is nearly always the one; answers in the same thread may come before it. */
const PAGE_SIZE = 50;

const MessageList = v.object({
  messages: v.optional(v.array(v.object({ id: v.string(), threadId: v.string() })), []),
  nextPageToken: v.optional(v.string()),
});

export interface MessageId {
  readonly id: string;
  readonly threadId: string;
}

export interface MessagePage {
  /** Newest first. */
  readonly messages: readonly MessageId[];
  readonly nextPage: string | null;
}

/** One page of what a Gmail search finds. @param page null for the first @param pageSize at most 500 */
export function listMessages(
  token: string,
  query: string,
  page: string | null,
  pageSize = PAGE_SIZE,
): Call<MessagePage> {
  const question = { name: `Gmail search ${query}`, repeatable: true };
  const from = page === null ? '' : `&pageToken=${encodeURIComponent(page)}`;
  const call: Call<v.InferOutput<typeof MessageList>> = {
    ...question,
    request: () => ({
      method: 'GET',
      url: `${ORIGIN}/gmail/v1/users/me/messages?maxResults=${pageSize}&q=${encodeURIComponent(query)}${from}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply) => settleJson(question, reply, MessageList),
  };
  return andThen(call, (list) => done({ messages: list.messages, nextPage: list.nextPageToken ?? null }));
}

const MessageMetadata = v.object({
  id: v.string(),
  threadId: v.string(),
  internalDate: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/)), '0'),
  payload: v.optional(
    v.object({ headers: v.optional(v.array(v.object({ name: v.string(), value: v.string() })), []) }),
    {},
  ),
});

export interface MessageHeaders {
  readonly id: string;
  readonly threadId: string;
  /** Milliseconds since 1970 UTC. */
  readonly internalDateMs: number;
  /** In the message's order; a header may come more than once. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export function getHeaders(token: string, id: string, names: readonly string[]): Call<MessageHeaders> {
  const question = { name: `Gmail get ${id}`, repeatable: true };
  const asked = names.map((name) => `&metadataHeaders=${encodeURIComponent(name)}`).join('');
  const call: Call<v.InferOutput<typeof MessageMetadata>> = {
    ...question,
    request: () => ({
      method: 'GET',
      url: `${ORIGIN}/gmail/v1/users/me/messages/${encodeURIComponent(id)}?format=metadata${asked}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply) => settleJson(question, reply, MessageMetadata),
  };
  return andThen(call, (message) =>
    done({
      id: message.id,
      threadId: message.threadId,
      internalDateMs: Number(message.internalDate),
      headers: message.payload.headers ?? [],
    }),
  );
}

/** The newest hit of a search that is accepted, by its headers; all hits are looked at, one a round. */
export function findNewest(
  token: string,
  query: string,
  names: readonly string[],
  accept: (message: MessageHeaders) => boolean,
): Call<MessageHeaders | null> {
  const look = (ids: readonly MessageId[], nextPage: string | null): Settled<MessageHeaders | null> => {
    const [first, ...rest] = ids;
    if (first !== undefined) {
      const get = getHeaders(token, first.id, names);
      return {
        kind: 'next',
        call: andThen(get, (message) => (accept(message) ? done(message) : look(rest, nextPage))),
      };
    }
    return nextPage === null ? done(null) : { kind: 'next', call: search(nextPage) };
  };
  const search = (page: string | null): Call<MessageHeaders | null> =>
    andThen(listMessages(token, query, page), (found) => look(found.messages, found.nextPage));
  return search(null);
}

const Sent = v.object({ id: v.string(), threadId: v.string() });

const BOUNDARY = 'purser-part-3c7e5d1a90f84b62';

/**
 * Sends a finished message. Never repeated: Gmail takes no idempotency key, so that after an unclear outcome only
 * a look into Sent can tell. Upload rather than JSON, which would wrap the message in base64 once more; a thread goes
 * along as metadata in a second part (developers.google.com/workspace/gmail/api/guides/uploads#multipart).
 *
 * @param threadId of the very mailbox; Gmail adds the message to it when its References and its Subject fit too
 *   (developers.google.com/workspace/gmail/api/guides/threads). One that is not there fails with `google-not-found`,
 *   and nothing is sent.
 */
export function sendMessage(token: string, mime: string, threadId?: string): Call<MessageId> {
  const question = { name: 'Gmail send', repeatable: false };
  const upload =
    threadId === undefined
      ? { type: 'media', contentType: 'message/rfc822', body: mime }
      : {
          type: 'multipart',
          contentType: `multipart/related; boundary=${BOUNDARY}`,
          body: related([
            ['application/json; charset=UTF-8', JSON.stringify({ threadId })],
            ['message/rfc822', mime],
          ]),
        };
  return {
    ...question,
    request: () => ({
      method: 'POST',
      url: `${ORIGIN}/upload/gmail/v1/users/me/messages/send?uploadType=${upload.type}`,
      headers: { Authorization: `Bearer ${token}` },
      contentType: upload.contentType,
      body: upload.body,
    }),
    settle: (reply) => settleJson(question, reply, Sent),
  };
}

function related(parts: readonly (readonly [type: string, body: string])[]): string {
  const written = parts.map(([type, body]) => `--${BOUNDARY}\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`);
  return `${written.join('')}--${BOUNDARY}--\r\n`;
}
