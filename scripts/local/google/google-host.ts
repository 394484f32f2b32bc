/** Gmail, Drive, Calendar and OAuth of the local Workspace, as one virtual host. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Grant, Tokens, VirtualHost } from '../contract.ts';
import { answerBatch } from './batch.ts';
import { type CalendarSwitches, type CalendarsState, createCalendars } from './calendar.ts';
import type { CalendarHand } from './calendar-hand.ts';
import type { CalendarLook } from './calendar-look.ts';
import { answerDrive } from './drive.ts';
import type { LocalPermission } from './drive-permissions.ts';
import type { UploadSessions } from './drive-resumable.ts';
import { createUploadSessions } from './drive-resumable.ts';
import type { DriveState, DriveStore } from './drive-store.ts';
import { createDriveStore } from './drive-store.ts';
import type { DriveWorkbook } from './drive-workbook.ts';
import { withWorkbook } from './drive-workbook.ts';
import { unknownRoute } from './errors.ts';
import { answerGmail } from './gmail.ts';
import { createGmailQuota, GMAIL_UNITS_PER_MINUTE } from './gmail-quota.ts';
import type { Answer, ApiCall } from './http.ts';
import { GoogleFailure, isRecord, jsonAnswer, readCall } from './http.ts';
import { type LocalDriveFile, localDriveFile } from './local-drive-file.ts';
import type { StoredMail } from './mail-look.ts';
import { storedMails } from './mail-look.ts';
import type { Mailbox, MailboxState } from './mailbox.ts';
import { createMailbox } from './mailbox.ts';
import { headerOf, messageHeaders } from './mime.ts';
import type { AccountChange, AccountName } from './oauth-accounts.ts';
import type { OAuthClientRecord } from './oauth-clients.ts';
import type { AccountTokens, GivenTokens } from './oauth-server.ts';
import { createOAuthServer } from './oauth-server.ts';
import type { OAuthSwitches } from './oauth-switches.ts';
import type { PersonsFile } from './persons-drive.ts';
import { putPersonsFile, replacePersonsFile, trashPersonsFile } from './persons-drive.ts';

export type { LocalDriveFile } from './local-drive-file.ts';

export interface GoogleHostOptions {
  readonly user: AccountName;
  /** Accounts that the sign-in page lists beside the user; any other address may sign in, too. */
  readonly otherUsers?: readonly AccountName[];
  /** Default `LOCAL_OAUTH_CLIENT`. */
  readonly clients?: readonly OAuthClientRecord[];
  readonly tokens: Tokens;
  readonly clock: Clock;
  /** Default 6,000; an older Google project has 15,000. */
  readonly gmailUnitsPerMinute?: number;
  /** What Drive exports of it; no file of that id when absent. */
  readonly workbook?: DriveWorkbook;
  uuid(): string;
}

export interface SentMessage {
  readonly id: string;
  readonly threadId: string;
  readonly internalDateMs: number;
  /** As a recipient gets it. */
  readonly raw: Uint8Array;
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
  /** A person uploads a new version of a file. */
  replaceFile(id: string, bytes: Uint8Array): void;
  /** A person moves a file to the trash. */
  trashFile(id: string): void;
  /** Who may do what with the workbook's file; null: its owner alone. `restore` undoes it. */
  shareWorkbook(permissions: readonly LocalPermission[] | null): void;
  /** Messages sent through the API, oldest first. */
  sentMessages(): readonly SentMessage[];
  driveFiles(): readonly LocalDriveFile[];
  /** Mailboxes that were used, and the user's. */
  mailboxes(): readonly (AccountName & { readonly messages: number })[];
  mails(email: string): readonly StoredMail[];
  /** What stands in all calendars that were used. */
  calendarsLook(fromMs: number, untilMs: number): readonly CalendarLook[];
  /** What a person does by hand in Google Calendar. */
  calendarHand(email: string, verb: keyof CalendarHand, args: readonly unknown[]): unknown;
  /** Of one person, or of all: sync tokens given so far are answered with 410. */
  expireSyncTokens(email?: string): void;
  /** Replaces all switches of Calendar; `restore` clears them. */
  calendarSwitches(switches: CalendarSwitches): void;
  /** Replaces all switches of the OAuth server; `restore` clears them. */
  oauth(switches: OAuthSwitches): void;
  /** The person removes all apps' access to the account at myaccount.google.com. */
  revokeByPerson(email: string): void;
  /** Ends grants with Gmail scopes. */
  changePassword(email: string): void;
  /** Another address or name, or its address given to somebody else (another subject). @returns its subject */
  changeAccount(email: string, change: AccountChange): string;
  tokensOf(email: string): AccountTokens;
  /** Tokens as after a consent, without a page. */
  giveTokens(email: string, scopes: readonly string[]): GivenTokens;
  /** What a bearer token of the Workspace itself may do from now on. */
  setToken(token: string, grant: Grant): void;
  /** All of it, JSON-serialisable. */
  dump(): unknown;
  /** @param state what `dump` gave, perhaps in another process */
  restore(state: unknown): void;
}

interface HostState {
  readonly version: 1;
  readonly mailboxes: readonly MailboxState[];
  readonly drive: DriveState;
  /** States of before there were any lack it. */
  readonly calendars?: CalendarsState;
  readonly oauth: unknown;
}

export async function createGoogleHost(options: GoogleHostOptions): Promise<GoogleHost> {
  const { clock, tokens, uuid } = options;
  const accounts = [options.user, ...(options.otherUsers ?? [])];
  let mailboxes = new Map<string, Mailbox>();
  let store = createDriveStore(clock, uuid);
  const oauthFrom = (saved: unknown) =>
    createOAuthServer({
      ...{ accounts, tokens, clock, uuid, saved },
      ...(options.clients === undefined ? {} : { clients: options.clients }),
    });
  let oauth = oauthFrom(null);
  const calendarsFrom = (saved: CalendarsState | null) => createCalendars({ clock, tokens, uuid, saved });
  let calendars = calendarsFrom(null);

  const mailbox = (email: string): Mailbox => {
    const key = email.toLowerCase();
    const known = mailboxes.get(key);
    if (known) return known;
    const made = createMailbox(email, clock);
    mailboxes.set(key, made);
    return made;
  };
  const accountName = (email: string): string => oauth.nameOf(email);
  const freshQuota = () => createGmailQuota(clock, options.gmailUnitsPerMinute ?? GMAIL_UNITS_PER_MINUTE);
  let quota = freshQuota();
  const gmailParts = { clock, tokens, uuid, mailbox, accountName };

  let shared: readonly LocalPermission[] | null = null;
  const storeFor = async (path: string): Promise<DriveStore> =>
    options.workbook === undefined ? store : withWorkbook(store, options.workbook, clock, path, shared);

  const sessions: UploadSessions = createUploadSessions(tokens, clock, uuid);
  const driveAnswer = async (call: ApiCall): Promise<Answer | null> => {
    const taken = sessions.take(call);
    if ('status' in taken) return taken;
    return answerDrive(taken, { clock, tokens, store: await storeFor(taken.path), accountName });
  };

  const route = async (call: ApiCall): Promise<Answer> => {
    if (call.method === 'POST' && call.path === '/batch/gmail/v1' && /^(www|gmail)\./.test(call.host)) {
      return answerBatch(call, (inner) => guarded(() => routeInner(inner)));
    }
    const answer =
      call.host === 'gmail.googleapis.com'
        ? await answerGmail(call, { ...gmailParts, quota })
        : (calendars.answer(call) ??
          (call.host === 'www.googleapis.com' ? await driveAnswer(call) : null) ??
          oauth.answer(call));
    if (!answer) throw unknownRoute();
    return answer;
  };
  // "You can't use batch to upload or download media" (gmail/api/guides/batch).
  const routeInner = async (call: ApiCall): Promise<Answer> => {
    const answer = call.path.startsWith('/upload/')
      ? null
      : await answerGmail(call, { ...gmailParts, quota });
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
    close: async () => {},
    async deliver(eml, where) {
      const raw = Buffer.from(eml);
      const date = Date.parse(headerOf(messageHeaders(raw), 'date') ?? '');
      const internalDateMs = where.internalDateMs ?? (Number.isNaN(date) ? clock.now() : date);
      return mailbox(where.account ?? options.user.email).insert(raw, {
        labels: where.labels,
        internalDateMs,
      }).id;
    },
    putFile: (file) => putPersonsFile(store, file, options.user.email),
    replaceFile: (id, bytes) => replacePersonsFile(store, clock, id, bytes),
    trashFile: (id) => trashPersonsFile(store, id),
    shareWorkbook(permissions) {
      shared = permissions;
    },
    sentMessages: () =>
      [...mailboxes.values()]
        .flatMap((box) => box.all())
        .flatMap(({ id, threadId, internalDateMs, delivered }) =>
          delivered ? [{ id, threadId, internalDateMs, raw: new Uint8Array(delivered) }] : [],
        )
        .sort((one, other) => one.internalDateMs - other.internalDateMs || (one.id < other.id ? -1 : 1)),
    driveFiles: () => store.all().map(localDriveFile),
    mailboxes: () => {
      mailbox(options.user.email);
      return [...mailboxes.values()].map((box) => ({
        email: box.email,
        name: accountName(box.email),
        messages: box.all().length,
      }));
    },
    mails: (email) => storedMails(mailbox(email)),
    calendarHand(email, verb, args) {
      const hand = calendars.person(email);
      return Reflect.apply(hand[verb], hand, args);
    },
    calendarsLook: (fromMs, untilMs) => calendars.look(fromMs, untilMs),
    expireSyncTokens: (email) => calendars.expireSyncTokens(email),
    calendarSwitches: (switches) => calendars.switchTo(switches),
    oauth: (switches) => oauth.switchTo(switches),
    revokeByPerson: (email) => oauth.revokeByPerson(email),
    changePassword: (email) => oauth.changePassword(email),
    changeAccount: (email, change) => oauth.changeAccount(email, change).subject,
    tokensOf: (email) => oauth.tokensOf(email),
    giveTokens: (email, scopes) => oauth.giveTokens(email, scopes),
    setToken(token, grant) {
      tokens.set(token, grant);
    },
    dump: (): HostState => ({
      version: 1,
      mailboxes: [...mailboxes.values()].map((box) => box.state()),
      drive: store.state(),
      calendars: calendars.state(),
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
      calendars = calendarsFrom(saved.calendars ?? null);
      quota = freshQuota();
      shared = null;
      oauth.forget();
      oauth = oauthFrom(saved.oauth);
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
