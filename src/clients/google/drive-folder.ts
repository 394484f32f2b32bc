/** Whether a folder of Drive v3 takes files. */
import * as v from 'valibot';
import type { Call } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { settleJson } from './reply.ts';

export interface FolderState {
  readonly name: string;
  readonly url: string;
  /** Itself, or a folder that it is in. */
  readonly isInTrash: boolean;
  /** Whether the account that asks may put files into it. */
  readonly mayAdd: boolean;
}

const Folder = v.object({
  name: v.string(),
  webViewLink: v.optional(v.string(), ''),
  trashed: v.optional(v.boolean(), false),
  capabilities: v.optional(v.object({ canAddChildren: v.optional(v.boolean(), false) }), {}),
});

/** `capabilities.canAddChildren` (developers.google.com/workspace/drive/api/reference/rest/v3/files). */
export function getFolder(token: string, id: string): Call<FolderState> {
  const question = { name: 'Drive folder', repeatable: true };
  const fields = encodeURIComponent('name,webViewLink,trashed,capabilities(canAddChildren)');
  const call: Call<v.InferOutput<typeof Folder>> = {
    ...question,
    request: () => ({
      method: 'GET',
      url: `https://www.googleapis.com/drive/v3/files/${encodeURIComponent(id)}?supportsAllDrives=true&fields=${fields}`,
      headers: { Authorization: `Bearer ${token}` },
    }),
    settle: (reply) => settleJson(question, reply, Folder),
  };
  return andThen(call, ({ name, webViewLink: url, trashed, capabilities }) =>
    done({ name, url, isInTrash: trashed, mayAdd: capabilities.canAddChildren }),
  );
}
