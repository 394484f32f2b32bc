import fc from 'fast-check';
import { parseMailQuery } from '../../scripts/local/google/mail-query.ts';
import { send } from '../../src/clients/exchange.ts';
import type { BookingSearchSettings } from '../../src/sources/booking-search.ts';
import { bookingQuery, listMail, searchKey } from '../../src/sources/booking-search.ts';
import type { FakeHost } from '../tools/fake-host.ts';
import { errorOf, fakeHost, NOW_MS } from '../tools/fake-host.ts';

const DAY_MS = 86_400_000;
const asked = (more: Partial<BookingSearchSettings> = {}): BookingSearchSettings => ({
  bookingMailSearch: '',
  bookingAgents: [],
  bookingReachDays: 365,
  ...more,
});
const query = (more: Partial<BookingSearchSettings>, readThroughMs: number | null = null): string | null =>
  bookingQuery(asked(more), { nowMs: NOW_MS, readThroughMs });
const seconds = (ms: number): number => Math.floor(ms / 1000);

describe('the search', () => {
  it('is none when neither an agent nor a search is set', () => {
    expect(query({})).toBeNull();
    expect(searchKey(asked())).toBe('');
  });

  it('finds mail from any of the agents within reach, received, not sent', () => {
    expect(query({ bookingAgents: ['hb.example', 'desk@tours.example'], bookingReachDays: 30 })).toBe(
      `{from:hb.example from:desk@tours.example} -in:sent -in:drafts -in:chats after:${seconds(NOW_MS - 30 * DAY_MS)}`,
    );
  });

  it('is the person’s own where there is one, whatever the agents', () => {
    expect(query({ bookingMailSearch: ' subject:booking OR from:x ', bookingAgents: ['y.example'] })).toBe(
      `(subject:booking OR from:x) -in:sent -in:drafts -in:chats after:${seconds(NOW_MS - 365 * DAY_MS)}`,
    );
  });

  it.each(['in:bookings', '-in:sent from:x', '(from:x IN:inbox)'])(
    'leaves to “%s” where to look, because it says so itself',
    (search) => {
      expect(query({ bookingMailSearch: search })).not.toContain('-in:chats');
    },
  );

  it.each(['"in: the harbor"', 'subject:cabin:3', 'main:x'])('of “%s” says nothing of where', (search) => {
    expect(query({ bookingMailSearch: search })).toContain(' -in:sent -in:drafts -in:chats ');
  });

  it('begins two days before what was read through, never before the reach', () => {
    const agents = { bookingAgents: ['hb.example'], bookingReachDays: 10 };
    expect(query(agents, NOW_MS - 3 * DAY_MS)).toContain(`after:${seconds(NOW_MS - 5 * DAY_MS)}`);
    expect(query(agents, NOW_MS - 9 * DAY_MS)).toContain(`after:${seconds(NOW_MS - 10 * DAY_MS)}`);
  });

  it('of brackets alone is none: it would find all mail there is', () => {
    for (const search of ['()', '"', ')', ' {( ']) {
      expect(query({ bookingMailSearch: search })).toBeNull();
      expect(query({ bookingMailSearch: search, bookingAgents: ['hb.example'] })).toContain(
        'from:hb.example',
      );
    }
  });

  it('keeps its border whatever brackets and quotes the person left open', () => {
    const piece = fc.constantFrom('(', ')', '{', '}', '"', ' ', 'from:x', 'OR', '-', 'boat', 'subject:');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const found = query({ bookingMailSearch: pieces.join('') });
        if (found === null) return;
        const search = parseMailQuery(found, { nowMs: NOW_MS, email: 'a@b.example', labelId: () => null });
        // Everything in it, but too old: only the border can refuse it.
        const text = {
          from: ' x ',
          to: '',
          cc: '',
          bcc: '',
          subject: '',
          opening: '',
          filenames: [],
          everything: ' boat ',
        };
        const facts = { labelIds: [], sizeBytes: 1, text: { ...text, hasAttachment: false, messageId: '' } };
        expect(search.matches({ ...facts, internalDateMs: NOW_MS - 366 * DAY_MS })).toBe(false);
        expect(search.matches({ ...facts, labelIds: ['SENT'], internalDateMs: NOW_MS })).toBe(false);
      }),
    );
  });

  it('has a name of its own for each wish, and the same one each day', () => {
    const keys = [
      asked({ bookingAgents: ['a.example'] }),
      asked({ bookingAgents: ['b.example'] }),
      asked({ bookingMailSearch: 'from:a.example' }),
      asked({ bookingAgents: ['a.example'], bookingReachDays: 30 }),
      asked({ bookingAgents: ['a.example'], bookingMailbox: 'account:1' }),
      asked({ bookingAgents: ['a.example'], bookingMailbox: 'account:2' }),
    ].map(searchKey);
    expect(new Set(keys).size).toBe(6);
    expect(searchKey(asked({ bookingMailbox: 'account:1' }))).toBe('');
    expect(searchKey(asked({ bookingAgents: ['a.example'] }))).toBe(keys[0]);
  });
});

describe('the list', () => {
  /** Pages of ids by their token; `first` without one. */
  const gmail = (pages: Record<string, { ids: readonly string[]; next?: string }>): FakeHost =>
    fakeHost({
      answer: ({ url }) => {
        const page = pages[new URL(url).searchParams.get('pageToken') ?? 'first'];
        if (page === undefined) return { status: 400, body: {} };
        const messages = page.ids.map((id) => ({ id, threadId: id }));
        return { status: 200, body: { messages, nextPageToken: page.next } };
      },
    });
  const many = (count: number, from = 0): string[] =>
    Array.from({ length: count }, (_, at) => `id${from + at}`);

  it('follows the pages of 500 and names each mail once', () => {
    const host = gmail({
      first: { ids: ['c', 'b'], next: '2' },
      2: { ids: ['b', 'a'], next: '3' },
      3: { ids: [] },
    });
    const list = listMail('token', 'from:x after:1');
    expect(send(host, list)).toEqual(['c', 'b', 'a']);
    expect(new URL(host.rounds[0]?.[0]?.url ?? '').searchParams.get('maxResults')).toBe('500');
    expect(new URL(host.rounds[2]?.[0]?.url ?? '').searchParams.get('q')).toBe('from:x after:1');
    // The same wish again begins again.
    expect(send(host, list)).toEqual(['c', 'b', 'a']);
  });

  it('of nothing is empty', () => {
    expect(
      send(
        fakeHost({ answer: () => ({ status: 200, body: { resultSizeEstimate: 0 } }) }),
        listMail('t', 'q'),
      ),
    ).toEqual([]);
  });

  it('that comes round again is refused instead of followed for ever', () => {
    const host = gmail({
      first: { ids: ['b'], next: '2' },
      2: { ids: ['a'], next: '3' },
      3: { ids: [], next: '2' },
    });
    expect(errorOf(() => send(host, listMail('t', 'q'))).code).toBe('reply-malformed');
    expect(host.rounds).toHaveLength(3);
  });

  it('of more than 50,000 mails says to narrow the search', () => {
    const pages: Record<string, { ids: string[]; next: string }> = { first: { ids: many(500), next: '1' } };
    for (let page = 1; page <= 120; page++)
      pages[page] = { ids: many(500, page * 500), next: String(page + 1) };
    const host = gmail(pages);
    const error = errorOf(() => send(host, listMail('t', 'from:everybody')));
    expect(error).toMatchObject({ code: 'booking-search-too-wide', kind: 'setup' });
    expect(error.message).toContain('50,000');
    expect(error.message).toContain('Booking mail search');
    expect(host.rounds).toHaveLength(100);
  });

  it('is not asked for by a search that no URL can hold: the setting is named', () => {
    const host = fakeHost();
    const long = Array.from({ length: 100 }, (_, at) => `agent${at}.example`);
    const error = errorOf(() => send(host, listMail('t', query({ bookingAgents: long }) ?? '')));
    expect(error).toMatchObject({ code: 'settings-invalid' });
    expect(error.message).toContain('Booking agent');
    expect(host.rounds).toEqual([]);
  });
});
