/** A whole message of Gmail (developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages). */
import * as v from 'valibot';
import type { Call } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { settleJson } from './reply.ts';

/** One part of a message as its MIME has it, taken apart by Gmail. */
export interface MessagePart {
  /** `multipart/alternative`, `text/plain`; empty when Gmail gives none. */
  readonly mimeType: string;
  /** Empty for all that is no attachment. */
  readonly filename: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /**
   * base64url, with padding or without; null for containers and for what only `messages.attachments.get` gives, which
   * is known by its `attachmentId`.
   */
  readonly data: string | null;
  readonly attachmentId: string | null;
  readonly parts: readonly MessagePart[];
}

export interface MessageFull {
  readonly id: string;
  readonly threadId: string;
  /** When Gmail took it in; milliseconds since 1970 UTC. */
  readonly internalDateMs: number;
  readonly payload: MessagePart;
}

/** Everything may be left out: a part without it is an empty one. */
const Part: v.GenericSchema<unknown, MessagePart> = v.pipe(
  v.object({
    mimeType: v.optional(v.string(), ''),
    filename: v.optional(v.string(), ''),
    headers: v.optional(
      v.array(v.object({ name: v.optional(v.string(), ''), value: v.optional(v.string(), '') })),
      [],
    ),
    body: v.optional(v.object({ data: v.optional(v.string()), attachmentId: v.optional(v.string()) }), {}),
    parts: v.optional(v.array(v.lazy(() => Part)), []),
  }),
  v.transform(({ body, ...part }) => ({
    ...part,
    data: body.data ?? null,
    attachmentId: body.attachmentId ?? null,
  })),
);

const Message = v.object({
  id: v.string(),
  threadId: v.string(),
  internalDate: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/)), '0'),
  payload: v.optional(Part, {}),
});

/**
 * A message with its bodies; attachments stay at Gmail. A message that is gone fails with `google-not-found`.
 * Costs 20 of a minute's 6,000 units.
 */
export function getMessage(token: string, id: string): Call<MessageFull> {
  const question = { name: `Gmail get ${id}`, repeatable: true };
  const call: Call<v.InferOutput<typeof Message>> = {
    ...question,
    request: () => ({
      method: 'GET',
      url: `https://gmail.googleapis.com/gmail/v1/users/me/messages/${encodeURIComponent(id)}?format=full`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply) => settleJson(question, reply, Message),
  };
  return andThen(call, ({ internalDate, ...message }) =>
    done({ ...message, internalDateMs: Number(internalDate) }),
  );
}
