/** The token of the mail that goes out: made sure of before the mail’s record is claimed, and not renewed after that. */
import { sendOnce } from '../../src/delivery/outbox.ts';
import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import { readRecord, recipientsOf } from '../../src/delivery/outbox-record.ts';
import type { MailboxAccess } from '../../src/run/mailboxes.ts';
import { openMailbox } from '../../src/run/mailboxes.ts';
import {
  bearerOf,
  EMAIL,
  MINUTE_MS,
  mineOf,
  type Scene,
  SUBJECT,
  tokenScene,
} from '../accounts/token-scene.ts';
import { errorOf } from '../tools/fake-host.ts';

const ID = 'outbox.statement.2026-05.V1';
const TOKEN = 'https://oauth2.googleapis.com/token';

const draft: OutboxRecord = {
  schema: 2,
  id: ID,
  kind: 'statement',
  state: 'queued',
  transport: `account:${SUBJECT}`,
  attempts: 0,
  subject: 'May',
  recipients: recipientsOf(['grace@tidewater.example'], []),
  changedAt: '2026-06-01T00:00:00.000Z',
};

interface Run {
  readonly scene: Scene;
  readonly sender: MailboxAccess;
  /** What was asked for, each with what the outbox said at that moment. */
  readonly seen: readonly string[];
}

/** A run with the office’s mailbox open; Gmail takes the mail, the token endpoint may be silent. */
function runWith(leftMs: number, isTokenSilent = () => false): Run {
  const seen: string[] = [];
  const scene: Scene = tokenScene({
    leftMs,
    instead: ({ url }) => {
      const state = readRecord(Object.fromEntries(scene.host.document), ID)?.state ?? 'unclaimed';
      seen.push(`${url === TOKEN ? 'token' : 'mail'} while ${state}`);
      if (url === TOKEN) return isTokenSilent() ? 'stall' : undefined;
      return { status: 200, body: { id: '18c', threadId: '18t' } };
    },
  });
  const { host } = scene;
  const sender = openMailbox(host, { setting: 'Send from', cell: 'B40', address: EMAIL }, 'send', {
    token: 'built-in',
    self: () => 'owner@blueheron.example',
    mine: () => mineOf(host),
    by: 'a test',
  });
  return { scene, sender, seen };
}

const later = ({ scene }: Run, ms: number): void => scene.host.setNow(scene.host.now() + ms);
const mailIt = ({ scene, sender }: Run) => sendOnce(scene.host, sender.ready(), draft, 'From: x\r\n\r\n');

test('a token that runs out soon is renewed before the mail is claimed', () => {
  const run = runWith(9 * MINUTE_MS);
  later(run, 4.4 * MINUTE_MS);
  expect(mailIt(run).kind).toBe('sent');
  expect(run.seen).toEqual(['token while unclaimed', 'mail while sending']);
});

test('a token that can’t be had leaves the mail unclaimed, to be sent by the next run', () => {
  const run = runWith(6 * MINUTE_MS, () => true);
  later(run, 5.5 * MINUTE_MS);
  expect(errorOf(() => mailIt(run)).kind).toBe('unavailable');
  expect(run.seen.every((one) => one === 'token while unclaimed')).toBe(true);
  expect(run.scene.host.document.has(ID)).toBe(false);
});

test('a token that was good for five minutes when the mail was claimed is not renewed until it is out', () => {
  const run = runWith(5.2 * MINUTE_MS);
  const authorize = run.sender.ready();
  later(run, 4 * MINUTE_MS);
  expect(sendOnce(run.scene.host, authorize, draft, 'From: x\r\n\r\n').kind).toBe('sent');
  expect(run.seen).toEqual(['mail while sending']);
  // Whatever else the run asks for waits for nothing, and has a token that outlasts it.
  bearerOf(run.scene.host).token();
  expect(run.seen).toHaveLength(2);
});

test('only one that would not outlast the request itself is', () => {
  const run = runWith(5.2 * MINUTE_MS);
  const authorize = run.sender.ready();
  later(run, 4.5 * MINUTE_MS);
  expect(sendOnce(run.scene.host, authorize, draft, 'From: x\r\n\r\n').kind).toBe('sent');
  expect(run.seen).toEqual(['token while sending', 'mail while sending']);
});
