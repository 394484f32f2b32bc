/**
 * Gmail v1: developers.google.com/workspace/gmail/api/reference/rest.
 *
 * Ours, not the emulator's: that one lacks most of `q`, batches, scopes and custom headers, and what is left
 * would need its messages kept twice.
 */
import type { Clock, Grant, Tokens } from '../contract.ts';
import { authorize, SCOPES } from './authorization.ts';
import { checkParameters, failure, gmailInvalid, gmailNotFound, integerParameter } from './errors.ts';
import type { FieldSchema } from './fields.ts';
import { parseFields, select, unknownField } from './fields.ts';
import type { GmailQuota } from './gmail-quota.ts';
import type { Answer, ApiCall } from './http.ts';
import { decodedSegment, jsonAnswer, wantsPretty } from './http.ts';
import type { Mailbox, StoredMessage } from './mailbox.ts';
import { bareSubject, referencedIds, SYSTEM_LABELS } from './mailbox.ts';
import type { MessageFormat } from './message-resource.ts';
import { attachmentBytes, MESSAGE_FIELDS, messageResource, padded } from './message-resource.ts';
import { messageHeaders } from './mime.ts';
import { prepareOutgoing } from './outgoing.ts';
import { jsonMessage, uploadedMessage } from './send-body.ts';

export interface GmailParts {
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly quota: GmailQuota;
  uuid(): string;
  mailbox(email: string): Mailbox;
  accountName(email: string): string;
}

interface Route {
  readonly method: 'GET' | 'POST';
  /** After `/gmail/v1/users/{userId}/`; groups are the path's ids. */
  readonly path: RegExp;
  readonly upload?: true;
  /** As Google calls it in errors. */
  readonly name: string;
  /** Quota units that one call costs (developers.google.com/workspace/gmail/api/reference/quota). */
  readonly units: number;
  readonly scopes: readonly string[];
  readonly parameters: readonly string[];
  readonly fields: FieldSchema;
  run(context: Context): Promise<unknown>;
}

interface Context {
  readonly call: ApiCall;
  readonly parts: GmailParts;
  readonly grant: Grant;
  readonly mailbox: Mailbox;
  readonly ids: readonly string[];
}

const READ = [SCOPES.mailAll, SCOPES.mailModify, SCOPES.mailRead];
const SEND = [SCOPES.mailAll, SCOPES.mailModify, SCOPES.mailCompose, SCOPES.mailSend];
const LABEL_FIELDS: FieldSchema = { id: true, name: true, type: true };

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^profile$/,
    name: 'GetProfile',
    units: 1,
    scopes: [...READ, SCOPES.mailCompose],
    parameters: [],
    fields: { emailAddress: true, messagesTotal: true, threadsTotal: true, historyId: true },
    run: async ({ mailbox }) => {
      const all = mailbox.all();
      return {
        emailAddress: mailbox.email,
        messagesTotal: all.length,
        threadsTotal: new Set(all.map((message) => message.threadId)).size,
        historyId: `${all.at(-1)?.historyId ?? 1}`,
      };
    },
  },
  {
    method: 'GET',
    path: /^labels$/,
    name: 'ListLabels',
    units: 1,
    scopes: [...READ, SCOPES.mailLabels],
    parameters: [],
    fields: { labels: LABEL_FIELDS },
    run: async ({ mailbox }) => ({
      labels: [
        ...SYSTEM_LABELS.map((id) => ({ id, name: id, type: 'system' })),
        ...mailbox.userLabels().map((label) => ({ ...label, type: 'user' })),
      ],
    }),
  },
  {
    method: 'GET',
    path: /^messages$/,
    name: 'ListMessages',
    units: 5,
    scopes: READ,
    parameters: ['maxResults', 'pageToken', 'q', 'labelIds', 'includeSpamTrash'],
    fields: { messages: MESSAGE_FIELDS, nextPageToken: true, resultSizeEstimate: true },
    run: listMessages,
  },
  {
    method: 'GET',
    path: /^messages\/([^/]+)$/,
    name: 'GetMessage',
    units: 20,
    scopes: READ,
    parameters: ['format', 'metadataHeaders'],
    fields: MESSAGE_FIELDS,
    run: async (context) => {
      const message = context.mailbox.get(hexId(context.ids[0]));
      if (!message) throw gmailNotFound();
      return shown(context, message, ['minimal', 'full', 'raw', 'metadata']);
    },
  },
  {
    method: 'GET',
    path: /^messages\/([^/]+)\/attachments\/([^/]+)$/,
    name: 'GetAttachment',
    units: 20,
    scopes: READ,
    parameters: [],
    fields: { attachmentId: true, size: true, data: true },
    run: async ({ mailbox, ids }) => {
      const message = mailbox.get(hexId(ids[0]));
      if (!message) throw gmailNotFound();
      const bytes = attachmentBytes(message, ids[1] ?? '');
      if (!bytes) throw gmailInvalid('Invalid attachment token');
      return { size: bytes.length, data: padded(bytes) };
    },
  },
  {
    method: 'GET',
    path: /^threads\/([^/]+)$/,
    name: 'GetThread',
    units: 40,
    scopes: READ,
    parameters: ['format', 'metadataHeaders'],
    fields: { id: true, snippet: true, historyId: true, messages: MESSAGE_FIELDS },
    run: async (context) => {
      const id = hexId(context.ids[0]);
      const messages = context.mailbox.thread(id);
      const last = messages.at(-1);
      if (!last) throw gmailNotFound();
      const resources = [];
      for (const message of messages)
        resources.push(await shown(context, message, ['minimal', 'full', 'metadata']));
      return { id, historyId: `${last.historyId}`, messages: resources };
    },
  },
  {
    method: 'POST',
    path: /^messages\/send$/,
    name: 'SendMessage',
    units: 100,
    scopes: SEND,
    parameters: [],
    fields: MESSAGE_FIELDS,
    run: async (context) => send(context, ...jsonMessage(context.call)),
  },
  {
    method: 'POST',
    path: /^messages\/send$/,
    upload: true,
    name: 'SendMessage',
    units: 100,
    scopes: SEND,
    parameters: [],
    fields: MESSAGE_FIELDS,
    run: async (context) => send(context, ...uploadedMessage(context.call)),
  },
];

/** The answer, or null when no route is meant. @throws GoogleFailure */
export async function answerGmail(call: ApiCall, parts: GmailParts): Promise<Answer | null> {
  const match = /^(\/upload)?\/gmail\/v1\/users\/([^/]+)\/(.+)$/.exec(call.path);
  const rest = match?.[3] ?? '';
  const route = ROUTES.find(
    (one) =>
      one.method === call.method &&
      (one.upload ?? false) === (match?.[1] !== undefined) &&
      one.path.test(rest),
  );
  if (!route) return null;
  checkParameters('gmail', call.query, route.parameters);
  const grant = authorize(
    'gmail',
    call,
    parts,
    route.scopes,
    `caribou.api.proto.MailboxService.${route.name}`,
  );
  parts.quota.spend(grant.email, route.units);
  const userId = decodedSegment(match?.[2] ?? '') ?? '';
  if (userId !== 'me' && userId.toLowerCase() !== grant.email.toLowerCase()) {
    throw failure('gmail', 403, 'forbidden', `Delegation denied for ${grant.email}`);
  }
  const ids = (route.path.exec(rest) ?? []).slice(1).map((id) => decodedSegment(id) ?? '');
  const mask = call.query.get('fields');
  const selection = mask === null ? null : parseFields(mask);
  if (typeof selection === 'string' || (selection && unknownField(selection, route.fields) !== null)) {
    throw gmailInvalid('Request contains an invalid argument.');
  }
  const value = await route.run({ call, parts, grant, mailbox: parts.mailbox(grant.email), ids });
  return jsonAnswer(200, selection ? select(value, selection) : value, { pretty: wantsPretty(call.query) });
}

async function listMessages({ call, mailbox }: Context): Promise<unknown> {
  const limit = integerParameter('gmail', call.query, 'maxResults', 100);
  if (limit < 1 || limit > 500) throw gmailInvalid('Invalid maxResults');
  const labelIds = call.query.getAll('labelIds');
  const known = [...SYSTEM_LABELS, ...mailbox.userLabels().map((label) => label.id)];
  const unknown = labelIds.find((id) => !known.includes(id));
  if (unknown !== undefined) throw gmailInvalid(`Invalid label: ${unknown}`);
  const token = call.query.get('pageToken');
  const place = token ? /^(\d+)-([0-9a-f]{16})$/.exec(Buffer.from(token, 'base64url').toString()) : null;
  if (token && !place) throw gmailInvalid('Invalid pageToken');
  const { messages, more } = await mailbox.search({
    q: call.query.get('q') ?? '',
    labelIds,
    spamAndTrash: call.query.get('includeSpamTrash') === 'true',
    limit,
    after: place ? { internalDateMs: Number(place[1]), id: place[2] ?? '' } : null,
  });
  return {
    ...(messages.length > 0 ? { messages: messages.map(({ id, threadId }) => ({ id, threadId })) } : {}),
    ...(more
      ? { nextPageToken: Buffer.from(`${more.internalDateMs}-${more.id}`).toString('base64url') }
      : {}),
    // An estimate only; of long results Gmail says 201.
    resultSizeEstimate: more ? 201 : messages.length,
  };
}

function shown(context: Context, message: StoredMessage, formats: readonly MessageFormat[]) {
  const wanted = context.call.query.get('format') ?? 'full';
  const format = formats.find((one) => one === wanted.toLowerCase());
  if (!format)
    throw gmailInvalid(
      `Invalid value at 'format' (type.googleapis.com/gmail.api.MessageFormat), "${wanted}"`,
    );
  return messageResource(context.mailbox, message, format, context.call.query.getAll('metadataHeaders'));
}

/** Ids that can't be read as a positive 64-bit number are malformed, others only unknown: github.com/brekkylab/backlot/issues/39. */
function hexId(id: string | undefined): string {
  const text = id ?? '';
  if (!/^[0-9a-f]{1,16}$/i.test(text) || BigInt(`0x${text}`) > 0x7fff_ffff_ffff_ffffn) {
    throw gmailInvalid('Invalid id value');
  }
  return text.toLowerCase().padStart(16, '0');
}

async function send(
  { parts, grant, mailbox }: Context,
  raw: Buffer,
  wantedThread: string | null,
): Promise<unknown> {
  const account = { email: grant.email, name: parts.accountName(grant.email) };
  const thread = wantedThread === null ? null : mailbox.thread(hexId(wantedThread));
  if (thread?.length === 0) throw gmailNotFound();
  const outgoing = prepareOutgoing(raw, account, parts.clock, parts.uuid);
  const toSelf = outgoing.recipients.includes(grant.email.toLowerCase());
  const threadId = thread && joins(outgoing.sent, thread) ? thread[0]?.threadId : undefined;
  const message = mailbox.insert(outgoing.sent, {
    labels: toSelf ? ['UNREAD', 'SENT', 'INBOX'] : ['SENT'],
    internalDateMs: parts.clock.now(),
    delivered: outgoing.delivered,
    ...(threadId === undefined ? {} : { threadId }),
  });
  return { id: message.id, threadId: message.threadId, labelIds: message.labelIds };
}

/** The reference's rule for `threadId`: References or In-Reply-To name a message of the thread, and Subjects match. */
function joins(raw: Buffer, thread: readonly StoredMessage[]): boolean {
  const headers = messageHeaders(raw);
  const answered = referencedIds(headers);
  const subject = bareSubject(headers);
  return thread.some((message) => {
    const theirs = messageHeaders(message.raw);
    const id = theirs.find(({ name }) => name.toLowerCase() === 'message-id')?.value.trim();
    return id !== undefined && answered.includes(id) && bareSubject(theirs) === subject;
  });
}
