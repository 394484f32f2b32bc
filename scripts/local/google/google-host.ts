/** Gmail, Drive and OAuth of the local Workspace, as one virtual host. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Tokens, VirtualHost } from '../contract.ts';
import { answerBatch } from './batch.ts';
import { answerDrive } from './drive.ts';
import type { DriveState } from './drive-store.ts';
import { createDriveStore, FOLDER_TYPE } from './drive-store.ts';
import { unknownRoute } from './errors.ts';
import { hash } from './file-resource.ts';
import { answerGmail } from './gmail.ts';
import type { Answer, ApiCall } from './http.ts';
import { GoogleFailure, isRecord, jsonAnswer, readCall } from './http.ts';
import type { Mailbox, MailboxState } from './mailbox.ts';
import { createMailbox } from './mailbox.ts';
import { headerOf, messageHeaders } from './mime.ts';
import type { AccountName } from './oauth.ts';
import { createOAuthServer } from './oauth.ts';

export interface GoogleHostOptions {
  readonly user: AccountName;
  /** Accounts that may sign in beside the user. */
  readonly otherUsers?: readonly AccountName[];
  readonly tokens: Tokens;
  readonly clock: Clock;
  uuid(): string;
}

export interface SentMessage {
  readonly id: string;
  readonly threadId: string;
  readonly internalDateMs: number;
  /** As a recipient gets it. */
  readonly raw: Uint8Array;
}

export interface LocalDriveFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly parents: readonly string[];
  readonly appProperties: Readonly<Record<string, string>>;
  readonly description: string | null;
  /** RFC 3339 in UTC. */
  readonly modifiedTime: string;
  /** Null, as the bytes, for folders and what Google's editors keep. */
  readonly sha256Checksum: string | null;
  readonly md5Checksum: string | null;
  readonly bytes: Uint8Array | null;
  readonly createdByApp: boolean;
  readonly trashed: boolean;
}

export interface PersonsFile {
  readonly name: string;
  /** Ids of folders; none is "My Drive". */
  readonly parents: readonly string[];
  /** `application/vnd.google-apps.folder` makes a folder. */
  readonly mimeType: string;
  /** Null or empty for folders and what Google's editors keep. */
  readonly bytes: Uint8Array | null;
  /** RFC 3339; the clock's when absent. */
  readonly modifiedTime?: string;
  readonly id?: string;
  /** What an editor's file exports to, by MIME type. */
  readonly exports?: Readonly<Record<string, Uint8Array>>;
  /** Whose it is; the user's when absent. */
  readonly account?: string;
}

export interface GoogleHost extends VirtualHost {
  /**
   * Puts a raw message into a mailbox: that of `account`, or the user's.
   * @param where labels are ids of system labels (`INBOX`, `SENT`) or names of the person's own; the internal date
   * is the Date header's when absent, and the clock's when there is none
   * @returns the message's id
   */
  deliver(
    eml: Uint8Array,
    where: { labels: readonly string[]; internalDateMs?: number; account?: string },
  ): Promise<string>;
  /** Puts a file into Drive that a person made and not the app. @returns its id */
  putFile(file: PersonsFile): string;
  /** Messages sent through the API, oldest first. */
  sentMessages(): readonly SentMessage[];
  driveFiles(): readonly LocalDriveFile[];
  /** All of it, JSON-serialisable. */
  dump(): unknown;
  /** @param state what `dump` gave, perhaps in another process */
  restore(state: unknown): void;
}

interface HostState {
  readonly version: 1;
  readonly mailboxes: readonly MailboxState[];
  readonly drive: DriveState;
  readonly oauth: unknown;
}

export async function createGoogleHost(options: GoogleHostOptions): Promise<GoogleHost> {
  const { clock, tokens, uuid } = options;
  const accounts = [options.user, ...(options.otherUsers ?? [])];
  let mailboxes = new Map<string, Mailbox>();
  let store = createDriveStore(clock, uuid);
  let oauth = createOAuthServer(accounts, tokens, null);

  const mailbox = (email: string): Mailbox => {
    const key = email.toLowerCase();
    const known = mailboxes.get(key);
    if (known) return known;
    const made = createMailbox(email, clock);
    mailboxes.set(key, made);
    return made;
  };
  const accountName = (email: string): string =>
    accounts.find((account) => account.email.toLowerCase() === email.toLowerCase())?.name ?? email;
  const gmailParts = { clock, tokens, uuid, mailbox, accountName };

  const route = async (call: ApiCall): Promise<Answer> => {
    if (call.method === 'POST' && call.path === '/batch/gmail/v1' && /^(www|gmail)\./.test(call.host)) {
      return answerBatch(call, (inner) => guarded(() => routeInner(inner)));
    }
    const answer =
      call.host === 'gmail.googleapis.com'
        ? await answerGmail(call, gmailParts)
        : ((call.host === 'www.googleapis.com'
            ? answerDrive(call, { clock, tokens, store, accountName })
            : null) ?? (await oauth.answer(call)));
    if (!answer) throw unknownRoute();
    return answer;
  };
  // "You can't use batch to upload or download media" (gmail/api/guides/batch).
  const routeInner = async (call: ApiCall): Promise<Answer> => {
    const answer = call.path.startsWith('/upload/') ? null : await answerGmail(call, gmailParts);
    if (!answer) throw unknownRoute();
    return answer;
  };

  return {
    hosts: [
      'gmail.googleapis.com',
      'www.googleapis.com',
      'oauth2.googleapis.com',
      'accounts.google.com',
      'openidconnect.googleapis.com',
    ],
    handle(request, response) {
      void serve(request, response, clock, route);
    },
    close: () => oauth.close(),
    async deliver(eml, where) {
      const raw = Buffer.from(eml);
      const date = Date.parse(headerOf(messageHeaders(raw), 'date') ?? '');
      const internalDateMs = where.internalDateMs ?? (Number.isNaN(date) ? clock.now() : date);
      return mailbox(where.account ?? options.user.email).insert(raw, {
        labels: where.labels,
        internalDateMs,
      }).id;
    },
    putFile(file) {
      const ownerEmail = file.account ?? options.user.email;
      const parents = file.parents.map((parent) => store.resolve(parent, ownerEmail));
      for (const parent of parents) {
        if (parent !== store.rootId(ownerEmail) && store.find(parent)?.mimeType !== FOLDER_TYPE) {
          throw new Error(`No folder ${parent} to put ${file.name} into.`);
        }
      }
      if (file.id !== undefined && store.find(file.id))
        throw new Error(`There is a file ${file.id} already.`);
      const native = file.mimeType.startsWith('application/vnd.google-apps.');
      const exports = Object.entries(file.exports ?? {}).map(
        ([type, bytes]) => [type, Buffer.from(bytes)] as const,
      );
      return store.add({
        ownerEmail,
        createdByApp: false,
        name: file.name,
        mimeType: file.mimeType,
        parents,
        bytes: native ? null : Buffer.from(file.bytes ?? []),
        exports: Object.fromEntries(exports),
        ...(file.id === undefined ? {} : { id: file.id }),
        ...(file.modifiedTime === undefined
          ? {}
          : { modifiedTime: new Date(file.modifiedTime).toISOString() }),
      }).id;
    },
    sentMessages: () =>
      [...mailboxes.values()]
        .flatMap((box) => box.all())
        .flatMap(({ id, threadId, internalDateMs, delivered }) =>
          delivered ? [{ id, threadId, internalDateMs, raw: new Uint8Array(delivered) }] : [],
        )
        .sort((one, other) => one.internalDateMs - other.internalDateMs || (one.id < other.id ? -1 : 1)),
    driveFiles: () =>
      store.all().map((file) => ({
        id: file.id,
        name: file.name,
        mimeType: file.mimeType,
        parents: [...file.parents],
        appProperties: { ...file.appProperties },
        description: file.description,
        modifiedTime: file.modifiedTime,
        sha256Checksum: file.bytes && hash('sha256', file.bytes),
        md5Checksum: file.bytes && hash('md5', file.bytes),
        bytes: file.bytes && new Uint8Array(file.bytes),
        createdByApp: file.createdByApp,
        trashed: file.trashed,
      })),
    dump: (): HostState => ({
      version: 1,
      mailboxes: [...mailboxes.values()].map((box) => box.state()),
      drive: store.state(),
      oauth: oauth.state(),
    }),
    restore(state) {
      if (!isRecord(state) || state.version !== 1)
        throw new Error('That is no saved state of the local Google.');
      const saved = state as unknown as HostState;
      mailboxes = new Map(
        saved.mailboxes.map((box) => [box.email.toLowerCase(), createMailbox(box.email, clock, box)]),
      );
      store = createDriveStore(clock, uuid, saved.drive);
      void oauth.close();
      oauth = createOAuthServer(accounts, tokens, saved.oauth);
    },
  };
}

async function guarded(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof GoogleFailure) return thrown.answer;
    const error = { code: 500, message: `The local Google broke: ${String(thrown)}`, status: 'INTERNAL' };
    return jsonAnswer(500, { error });
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  clock: Clock,
  route: (call: ApiCall) => Promise<Answer>,
): Promise<void> {
  const answer = await guarded(async () => route(await readCall(request)));
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    ...answer.headers,
    date: new Date(clock.now()).toUTCString(),
    ...(answer.status === 204 ? {} : { 'content-length': String(answer.body.length) }),
  });
  response.end(Buffer.from(answer.body));
}
