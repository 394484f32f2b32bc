/** Who edited a file last, by Drive v3. */
import * as v from 'valibot';
import type { Call } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { settleJson } from './reply.ts';

export interface LastEdit {
  /** Name and address, as far as the account shows them; empty when Drive names nobody. */
  readonly by: string;
  /** Whether it was the account that asks. */
  readonly isSelf: boolean;
  /** NaN when Drive does not say. */
  readonly atMs: number;
}

const Edited = v.object({
  modifiedTime: v.optional(v.string(), ''),
  lastModifyingUser: v.optional(
    v.object({
      displayName: v.optional(v.string(), ''),
      emailAddress: v.optional(v.string(), ''),
      me: v.optional(v.boolean(), false),
    }),
    {},
  ),
});

/**
 * `lastModifyingUser` and `modifiedTime` (developers.google.com/workspace/drive/api/reference/rest/v3/files); an account
 * that hides its address has none (…/rest/v3/User). Needs no more than `drive.readonly`.
 */
export function lastEdit(token: string, fileId: string): Call<LastEdit> {
  const question = { name: 'Drive last edit', repeatable: true };
  const call: Call<v.InferOutput<typeof Edited>> = {
    ...question,
    request: () => ({
      method: 'GET',
      url: `https://www.googleapis.com/drive/v3/files/${encodeURIComponent(fileId)}?supportsAllDrives=true&fields=${encodeURIComponent('modifiedTime,lastModifyingUser(displayName,emailAddress,me)')}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply) => settleJson(question, reply, Edited),
  };
  return andThen(call, ({ modifiedTime, lastModifyingUser: user }) => {
    const address = user.emailAddress === '' ? '' : ` (${user.emailAddress})`;
    const by = user.displayName === '' ? user.emailAddress : `${user.displayName}${address}`;
    return done({ by, isSelf: user.me, atMs: Date.parse(modifiedTime) });
  });
}
