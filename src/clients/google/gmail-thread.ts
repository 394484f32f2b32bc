/** A Gmail thread's messages by their headers (developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/get). */
import * as v from 'valibot';
import type { Call } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import type { MessageHeaders } from './gmail.ts';
import { settleJson } from './reply.ts';

const Thread = v.object({
  messages: v.optional(
    v.array(
      v.object({
        id: v.string(),
        threadId: v.string(),
        snippet: v.optional(v.string(), ''),
        internalDate: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/)), '0'),
        payload: v.optional(
          v.object({ headers: v.optional(v.array(v.object({ name: v.string(), value: v.string() })), []) }),
          {},
        ),
      }),
    ),
    [],
  ),
});

export interface ThreadMessage extends MessageHeaders {
  /** The beginning of its text, with HTML's entities; may be empty. */
  readonly snippet: string;
}

/** Oldest first, as Gmail gives them; only those of `names` among its headers. */
export function getThread(
  token: string,
  threadId: string,
  names: readonly string[],
): Call<readonly ThreadMessage[]> {
  const question = { name: `Gmail thread ${threadId}`, repeatable: true };
  const asked = names.map((name) => `&metadataHeaders=${encodeURIComponent(name)}`).join('');
  const call: Call<v.InferOutput<typeof Thread>> = {
    ...question,
    request: () => ({
      method: 'GET',
      url: `https://gmail.googleapis.com/gmail/v1/users/me/threads/${encodeURIComponent(threadId)}?format=metadata${asked}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply) => settleJson(question, reply, Thread),
  };
  return andThen(call, ({ messages }) =>
    done(
      messages.map(({ internalDate, payload, ...message }) => ({
        ...message,
        internalDateMs: Number(internalDate),
        headers: payload.headers ?? [],
      })),
    ),
  );
}
