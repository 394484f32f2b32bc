/** Bodies in waves within Gmail's quota, and how far the reading has come. */
import { PurserError } from '../../src/host/errors.ts';
import { bookingSearch, builtInMailbox } from '../../src/run/mailboxes.ts';
import { bookingWindow, hasLostRows, isMailDue, markRead } from '../../src/run/read-mail/mail-marker.ts';
import { readBodies } from '../../src/run/read-mail/read-bodies.ts';
import { unreadMail } from '../../src/run/read-mail.ts';
import type { BookingSearchSettings } from '../../src/sources/booking-search.ts';
import { searchKey } from '../../src/sources/booking-search.ts';
import { readEvidenceRow } from '../../src/workbook/evidence-row.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS } from '../tools/fake-host.ts';

type BodiesRequest = Parameters<typeof readBodies>[1];
type BodiesRead = ReturnType<typeof readBodies>;
type KeptMail = Parameters<NonNullable<BodiesRequest['keep']>>[0];

const MINUTE_MS = 60_000;
const SETTINGS = { synonyms: {}, locale: 'month-first', currency: 'USD' } as const;

const idOf = (number: number): string => (0x18f0000000000000n + BigInt(number)).toString(16);
const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => idOf(at));

/** A confirmation of the booking `HB-<id>`. */
function message(id: string): object {
  const body = `Your booking is confirmed.\nBooking reference: HB-${id}\nGuests: 4\nDate: May 9, 2026\nTotal: $500.00\n`;
  return {
    id,
    threadId: id,
    internalDate: String(NOW_MS),
    payload: {
      mimeType: 'text/plain',
      headers: [
        { name: 'From', value: 'desk@hb.example' },
        { name: 'Subject', value: `Booking confirmation HB-${id}` },
        { name: 'Content-Type', value: 'text/plain; charset=UTF-8' },
      ],
      body: { size: body.length, data: Buffer.from(body).toString('base64url') },
    },
  };
}

const askedId = (url: string): string => /\/messages\/([^?]+)/.exec(url)?.[1] ?? '';

interface Gmail {
  readonly host: FakeHost;
  /** When each body was asked for. */
  readonly askedMs: number[];
}

/** Answers as `odd` says, else with the message. */
function gmail(odd: (id: string, nth: number) => Answer | null = () => null, roundMs = 800): Gmail {
  const askedMs: number[] = [];
  const host = fakeHost({
    roundMs,
    answer: ({ url }, index) => {
      askedMs.push(host.now());
      return odd(askedId(url), index) ?? { status: 200, body: message(askedId(url)) };
    },
  });
  return { host, askedMs };
}

const read = (
  host: FakeHost,
  more: Partial<BodiesRequest> & { readonly ids: readonly string[] },
): BodiesRead =>
  readBodies(host, {
    mailbox: builtInMailbox('token', ''),
    settings: SETTINGS,
    deadlineMs: NOW_MS + 240_000,
    ...more,
  });

const refusal = (status: number, reason: string): Answer => ({
  status,
  body: { error: { code: status, message: reason, errors: [{ reason }] } },
});

describe('reading bodies', () => {
  it('asks for each mail once, oldest first, a few dozen at a time, and understands it', () => {
    const { host } = gmail();
    const result = read(host, { ids: ids(60) });
    expect(host.rounds.map((round) => round.length)).toEqual([25, 25, 10]);
    expect(host.rounds.flat().map(({ url }) => askedId(url))).toEqual(ids(60));
    expect(result).toMatchObject({ ids: ids(60), unreadIds: [], goneIds: [], stopped: null });
    expect(result.words).toHaveLength(60);
    expect(result.words[7]).toMatchObject({
      messageId: idOf(7),
      partySize: 4,
      date: '2026-05-09',
      amountCents: 50_000,
    });
    expect(result.rows.map((row) => row[1])).toEqual(ids(60));
    expect(result.rows[0]?.at(-1)).toBe(`https://mail.google.com/mail/u/0/#all/${idOf(0)}`);
    expect(host.slept).toEqual([]);
  });

  it('of a connected account says whose they are, and its links open there', () => {
    const { host } = gmail();
    const mailbox = { ...builtInMailbox('token', ''), account: 'desk+1@harbor.example' };
    const result = read(host, { ids: ids(1), mailbox });
    expect(result.words[0]?.mailbox).toBe('desk+1@harbor.example');
    const [row = []] = result.rows;
    expect(row.at(-1)).toBe(
      `https://mail.google.com/mail/?authuser=desk%2B1%40harbor.example#all/${idOf(0)}`,
    );
    expect(readEvidenceRow(row.slice(0, 14))).toMatchObject({ word: result.words[0] });
  });

  it('of none touches nothing', () => {
    const host = fakeHost();
    expect(read(host, { ids: [], keep: () => expect(0).toBe(1) })).toMatchObject({ rows: [], unreadIds: [] });
    expect(host.rounds).toEqual([]);
    expect(host.touched).toEqual([]);
  });

  it('hands over what it has after every 200, so that a kill loses little', () => {
    const { host } = gmail();
    const kept: KeptMail[] = [];
    const result = read(host, { ids: ids(450), keep: (some) => kept.push(some) });
    expect(kept.map((some) => some.ids.length)).toEqual([200, 200, 50]);
    expect(kept.flatMap((some) => some.ids)).toEqual(ids(450));
    expect(kept.flatMap((some) => some.rows)).toEqual(result.rows);
  });

  it('never asks for more than 250 in any minute, and waits for the next', () => {
    const { host, askedMs } = gmail();
    const result = read(host, { ids: ids(700) });
    expect(result.unreadIds).toEqual([]);
    expect(askedMs).toHaveLength(700);
    for (const start of askedMs) {
      expect(askedMs.filter((at) => at >= start && at < start + MINUTE_MS).length).toBeLessThanOrEqual(250);
    }
    // No longer than it must: 700 bodies are three minutes' worth.
    expect(host.now() - NOW_MS).toBeLessThan(2.5 * MINUTE_MS);
  });

  it('leaves a mail unread, and calls it not refused, when the time ends before it was asked often enough', () => {
    const { host } = gmail((id) => (id === idOf(1) ? { status: 503 } : null));
    const result = read(host, { ids: ids(3), deadlineMs: NOW_MS + 900 });
    expect(result).toMatchObject({
      ids: [idOf(0), idOf(2)],
      unreadIds: [idOf(1)],
      failed: [],
      stopped: null,
    });
    const { host: patient } = gmail((id) => (id === idOf(1) ? { status: 503 } : null));
    expect(read(patient, { ids: ids(3) }).failed).toMatchObject([{ id: idOf(1) }]);
  });

  it('stops where the deadline leaves no time to wait; the newest are left', () => {
    const { host } = gmail();
    const result = read(host, { ids: ids(700), deadlineMs: NOW_MS + 59_000 });
    expect(result.ids).toEqual(ids(700).slice(0, 250));
    expect(result.unreadIds).toEqual(ids(700).slice(250));
    expect(result.stopped).toBeNull();
    expect(host.slept).toEqual([]);
  });

  it('reads no more than it is told to', () => {
    const { host } = gmail();
    const result = read(host, { ids: ids(40), mostBodies: 30 });
    expect(result.ids).toEqual(ids(30));
    expect(result.unreadIds).toEqual(ids(40).slice(30));
  });

  it('leaves out a mail that was deleted meanwhile, and logs it', () => {
    const { host } = gmail((id) => (id === idOf(2) ? refusal(404, 'notFound') : null));
    const result = read(host, { ids: ids(5) });
    expect(result.ids).toEqual([idOf(0), idOf(1), idOf(3), idOf(4)]);
    expect(result).toMatchObject({ goneIds: [idOf(2)], unreadIds: [] });
    expect(host.logged).toContainEqual(expect.objectContaining({ event: 'mail-not-read', id: idOf(2) }));
  });

  it.each([
    ['refuses', refusal(400, 'invalidArgument')],
    ['answers with nonsense', { status: 200, body: { id: 7 } }],
  ])('makes a row with the reason of a mail that Gmail %s, and reads the rest', (_, answer) => {
    const { host } = gmail((id) => (id === idOf(1) ? answer : null));
    const result = read(host, { ids: ids(3) });
    expect(new Set(result.ids)).toEqual(new Set(ids(3)));
    const row = result.rows.find((one) => one[1] === idOf(1)) ?? [];
    expect(readEvidenceRow(row)).toMatchObject({
      word: {
        kind: 'confirmed',
        reference: null,
        partySize: null,
        problems: [expect.stringContaining('could not be read')],
      },
    });
    expect(result.unreadIds).toEqual([]);
  });

  it.each([
    ['the token is not accepted', refusal(401, 'authError')],
    ['the permission is missing', refusal(403, 'insufficientPermissions')],
    ['Gmail refuses them all', refusal(400, 'failedPrecondition')],
  ])('stops and makes no rows when %s', (_, answer) => {
    const { host } = gmail(() => answer);
    const result = read(host, { ids: ids(60) });
    expect(result).toMatchObject({ ids: [], rows: [], unreadIds: ids(60) });
    expect(result.stopped).toBeInstanceOf(PurserError);
    expect(host.rounds).toHaveLength(1);
  });

  it('waits a minute when Gmail’s own account of the quota is spent, and then goes on', () => {
    const { host, askedMs } = gmail((_, nth) => (nth < 75 ? refusal(403, 'userRateLimitExceeded') : null));
    const result = read(host, { ids: ids(25) });
    expect(result.ids).toEqual(ids(25));
    expect((askedMs.at(-1) ?? 0) - NOW_MS).toBeGreaterThanOrEqual(MINUTE_MS);
  });

  it('gives up when Gmail refuses wave after wave; all stay unread', () => {
    const { host } = gmail(() => refusal(429, 'rateLimitExceeded'));
    const result = read(host, { ids: ids(30), deadlineMs: NOW_MS + 3_600_000 });
    expect(result).toMatchObject({ ids: [], unreadIds: ids(30), stopped: null });
    expect(host.now() - NOW_MS).toBeLessThan(4 * MINUTE_MS);
  });

  it('tries a single mail that fails again, then leaves it for the next time', () => {
    const { host } = gmail((id) => (id === idOf(1) ? { status: 503 } : null));
    const result = read(host, { ids: ids(30) });
    expect(result.unreadIds).toEqual([idOf(1)]);
    expect(result.ids).toHaveLength(29);
    expect(host.rounds.flat().filter(({ url }) => askedId(url) === idOf(1))).toHaveLength(3);
  });

  it('stops while Gmail can’t be reached, keeping what it had', () => {
    const { host } = gmail((_, nth) => (nth >= 25 ? 'unreachable' : null));
    const kept: KeptMail[] = [];
    const result = read(host, { ids: ids(80), keep: (some) => kept.push(some) });
    expect(result.stopped?.code).toBe('network-failed');
    expect(result.unreadIds).toEqual(ids(80).slice(25));
    expect(kept.map((some) => some.ids.length)).toEqual([25]);
  });
});

describe('what is unread', () => {
  it('is what was listed and has no row, oldest first, and what a person changed, listed or not', () => {
    const [a = '', b = '', c = '', d = ''] = ids(4);
    const changed = [d, b, '1AbCdEfGhIjKlMnOpQrStUv', 'typed over'].map((id) => ({ cell: 'A2', id }));
    expect(unreadMail([c, b, a], { readMessageIds: new Set([b]), changed }, null)).toEqual([d, a, c]);
  });
});

describe('a changed row', () => {
  const office = 'office@harbor.example';
  const [id = ''] = ids(1);
  const asked = (mailbox: string | null | undefined, account: string | null): string[] =>
    unreadMail(
      [],
      {
        readMessageIds: new Set(),
        changed: [{ cell: 'A2', id, ...(mailbox === undefined ? {} : { mailbox }) }],
      },
      account,
    );

  it('is asked for in the mailbox that has its mail, and in no other', () => {
    expect([asked(null, null), asked(office, 'Office@Harbor.example')]).toEqual([[id], [id]]);
    expect([asked(null, office), asked(office, null), asked('dock@harbor.example', office)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('that no longer says where its mail is, is asked for where mail is read now', () => {
    expect([asked(undefined, null), asked(undefined, office)]).toEqual([[id], [id]]);
  });
});

describe('the marker', () => {
  const search = { bookingMailSearch: '', bookingAgents: ['hb.example'], bookingReachDays: 365 };
  const marked = (more: object = {}): Record<string, string> => {
    const host = fakeHost();
    markRead(host, {
      query: searchKey(search),
      readThroughMs: NOW_MS - 1,
      dayRead: '2026-06-01',
      mails: 2,
      ...more,
    });
    return Object.fromEntries(host.document);
  };
  const holding = (count: number) => ({ readMessageIds: new Set(ids(count)) });

  it('says that the day is read, until the next', () => {
    expect(isMailDue(marked(), '2026-06-01')).toBe(false);
    expect(isMailDue(marked(), '2026-06-02')).toBe(true);
    expect(isMailDue({}, '2026-06-01')).toBe(true);
    expect(isMailDue({ 'evidence.mail': '{"schema":2}' }, '2026-06-01')).toBe(true);
  });

  it('knows when rows were deleted since, so that all mail is searched again', () => {
    expect([1, 2, 5].map((mails) => hasLostRows(marked(), search, holding(mails)))).toEqual([
      true,
      false,
      false,
    ]);
    expect(hasLostRows({}, search, holding(0))).toBe(false);
  });

  it('shortens the search only under the same search', () => {
    const window = (properties: Record<string, string>, settings: BookingSearchSettings = search) =>
      bookingWindow(properties, settings, NOW_MS).readThroughMs;
    expect(window(marked())).toBe(NOW_MS - 1);
    expect(window(marked({ mails: 0 }))).toBeNull();
    expect(window(marked(), { ...search, bookingReachDays: 366 })).toBeNull();
    expect(window(marked(), bookingSearch(search, { transport: 'built-in' }))).toBe(NOW_MS - 1);
    expect(window(marked(), bookingSearch(search, { transport: 'account:107' }))).toBeNull();
    expect(window({})).toBeNull();
    expect(window({ 'evidence.mail': 'torn' })).toBeNull();
  });
});
