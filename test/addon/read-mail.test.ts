/** Booking mail is read day by day by the hourly trigger, each mail once, within Gmail's quota and the script's time. */
import type { TabSnapshot } from '../../scripts/local/sheets/sheets-host.ts';
import type { Purser } from '../tools/purser.ts';
import { charter, cleanMonth } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

const AGENT = 'desk@bookings.example';
const TAB = 'Purser evidence';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

function confirmation(number: number, more: { readonly date?: string; readonly from?: string } = {}): string {
  const date = more.date ?? new Date(Date.UTC(2026, 5, 1, 0, number)).toUTCString();
  return [
    `From: Harbor Bookings <${more.from ?? AGENT}>`,
    'To: nora@harbor.example',
    `Subject: Booking confirmation HB-${5000 + number}`,
    `Date: ${date}`,
    `Message-ID: <hb-${number}@bookings.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    `Booking reference: HB-${5000 + number}`,
    'Guests: 4',
    'Date: May 9, 2026',
    'Total: $500.00',
    '',
  ].join('\n');
}

async function deliver(from: number, count: number): Promise<void> {
  for (let number = from; number < from + count; number++)
    await purser.deliver(confirmation(number), ['INBOX']);
}

/** The statement of May is out, and the clock stands in the middle of June. */
async function midJune(settings: Record<string, string>): Promise<void> {
  await purser.begin();
  const report = purser.send();
  if (report.status !== 'sent') throw new Error(JSON.stringify(report.error ?? report.findings));
  for (const [key, value] of Object.entries(settings)) await purser.setting(key, value);
  purser.at('2026-06-15', 1);
  // The day's look at sent months would be among the requests.
  purser.appsScript().properties('document').set('watch.days', '2026-06-15 0');
  requests();
}

let seen = 0;
/** What Google was asked for since this was last asked; the session in AWS is renewed whatever there is to read. */
function requests(): string[] {
  const trace = purser.trace();
  const since = trace.slice(Math.min(seen, trace.length));
  seen = trace.length;
  return since
    .map(({ request }) => `${request.method} ${request.url}`)
    .filter((request) => !request.includes('//sts.'));
}

const bodies = (of: readonly string[]): string[] =>
  of.flatMap((request) => /messages\/([0-9a-f]+)\?format=full/.exec(request)?.[1] ?? []);

/** Cells of a column of the evidence tab under its heading. */
function column(tab: TabSnapshot, letter: string): unknown[] {
  return Object.entries(tab.cells)
    .flatMap(([name, { input }]) => {
      const row = new RegExp(`^${letter}(\\d+)$`).exec(name)?.[1];
      return row === undefined || row === '1' || input === null || input === ''
        ? []
        : [[Number(row), input] as const];
    })
    .sort(([a], [b]) => a - b)
    .map(([, input]) => input);
}

const references = async (): Promise<unknown[]> => column(await purser.tab(TAB), 'E');
const notices = async (): Promise<readonly { readonly subject: string; readonly text: string }[]> =>
  (await purser.mails('notice')).filter(({ subject }) => subject.includes('mail'));

describe('2,000 mails on the first day', () => {
  it('are read by several ticks, each stopping by itself and going on where the one before stopped', async () => {
    await midJune({ 'Booking agent': AGENT });
    await deliver(0, 2000);
    const asked: string[] = [];
    let ticks = 0;
    for (; ticks < 6; ticks++) {
      purser.at('2026-06-15', 2 + ticks);
      const startedMs = purser.clock.now();
      purser.trigger('tick');
      const of = requests();
      expect(purser.clock.now() - startedMs).toBeLessThan(270_000);
      if (of.length === 0) break;
      asked.push(...bodies(of));
    }
    expect(ticks).toBeGreaterThan(1);
    expect(asked).toHaveLength(2000);
    expect(new Set(asked).size).toBe(2000);
    // Oldest first, so that the tab is in order however often the reading stopped.
    expect(await references()).toEqual(Array.from({ length: 2000 }, (_, number) => `HB-${5000 + number}`));
    expect(purser.trace().filter(({ reply }) => 'status' in reply && reply.status === 403)).toEqual([]);
  }, 120_000);
});

describe('day by day', () => {
  it('the first tick of a day reads what is new, the others make no request', async () => {
    await midJune({ 'Booking agent': AGENT });
    await deliver(0, 3);
    purser.trigger('tick');
    expect(bodies(requests())).toHaveLength(3);
    for (const hour of [2, 9, 23]) {
      purser.at('2026-06-15', hour);
      purser.trigger('tick');
    }
    expect(requests()).toEqual([]);
    await deliver(3, 2);
    purser.at('2026-06-16', 0);
    purser.trigger('tick');
    expect(bodies(requests())).toHaveLength(2);
    expect(await references()).toEqual(['HB-5000', 'HB-5001', 'HB-5002', 'HB-5003', 'HB-5004']);
  });

  it('nothing is read when it is not asked for; the settings are looked at once a day', async () => {
    await midJune({});
    await deliver(0, 3);
    purser.trigger('tick');
    const first = requests();
    expect(first.filter((request) => request.includes('gmail'))).toEqual([]);
    expect(first.length).toBeLessThanOrEqual(4);
    purser.at('2026-06-15', 12);
    purser.trigger('tick');
    expect(requests()).toEqual([]);
  });

  it('only mail of the agents is read, and a search of the person’s own goes before them', async () => {
    await midJune({ 'Booking agent': AGENT });
    await purser.deliver(confirmation(1, { from: 'aunt@family.example' }), ['INBOX']);
    await deliver(2, 1);
    purser.trigger('tick');
    expect(await references()).toEqual(['HB-5002']);
    await purser.setting('Booking mail search', 'from:aunt');
    purser.at('2026-06-16', 1);
    purser.trigger('tick');
    expect(await references()).toEqual(['HB-5002', 'HB-5001']);
  });

  it('mail that comes late with an old date is found all the same', async () => {
    await midJune({ 'Booking agent': AGENT });
    await deliver(5, 1);
    purser.trigger('tick');
    await purser.deliver(confirmation(1, { date: 'Wed, 20 May 2026 10:00:00 GMT' }), ['INBOX']);
    purser.at('2026-06-16', 1);
    purser.trigger('tick');
    expect(await references()).toEqual(['HB-5005', 'HB-5001']);
  });

  it('a mail that is no booking is read once too', async () => {
    await midJune({ 'Booking agent': AGENT });
    const chat = confirmation(1)
      .replace(/^Subject:.*$/m, 'Subject: Hello')
      .replace(/\n\n[\s\S]*$/, '\n\nNice boat!\n');
    await purser.deliver(chat, ['INBOX']);
    purser.trigger('tick');
    expect(bodies(requests())).toHaveLength(1);
    purser.at('2026-06-16', 1);
    purser.trigger('tick');
    expect(bodies(requests())).toEqual([]);
    expect(column(await purser.tab(TAB), 'D')).toEqual(['no booking']);
  });
});

describe('the tab in a person’s hands', () => {
  const read = async (count: number): Promise<void> => {
    await midJune({ 'Booking agent': AGENT });
    await deliver(0, count);
    purser.trigger('tick');
    requests();
    purser.at('2026-06-16', 1);
  };
  const sheetId = async (): Promise<number> => (await purser.tab(TAB)).sheetId;

  it('that lost rows gets them again', async () => {
    await read(4);
    const range = { sheetId: await sheetId(), dimension: 'ROWS', startIndex: 2, endIndex: 4 };
    purser.edit({ deleteDimension: { range } });
    purser.trigger('tick');
    expect(bodies(requests())).toHaveLength(2);
    expect(new Set(await references())).toEqual(new Set(['HB-5000', 'HB-5001', 'HB-5002', 'HB-5003']));
  });

  it('that was deleted is made again, with all that it held', async () => {
    await read(3);
    purser.edit({ deleteSheet: { sheetId: await sheetId() } });
    purser.trigger('tick');
    expect(bodies(requests())).toHaveLength(3);
    expect(await references()).toEqual(['HB-5000', 'HB-5001', 'HB-5002']);
  });

  it('in which a row was typed over keeps that row, and has its mail read again under it', async () => {
    await read(2);
    await purser.type(TAB, 'G2', '9');
    purser.trigger('tick');
    expect(bodies(requests())).toHaveLength(1);
    expect(await references()).toEqual(['HB-5000', 'HB-5001', 'HB-5000']);
    expect(column(await purser.tab(TAB), 'G').map(String)).toEqual(['9', '4', '4']);
    purser.at('2026-06-17', 1);
    purser.trigger('tick');
    expect(bodies(requests())).toEqual([]);
  });
});

describe('trouble', () => {
  it('while writing loses nothing: the next tick reads what the tab lacks', async () => {
    await midJune({ 'Booking agent': AGENT });
    await deliver(0, 230);
    // The first 200 rows arrive, the rest does not.
    await purser.faults({
      host: 'sheets',
      match: ':append',
      skip: 1,
      play: { answer: { status: 503, body: '{}' } },
    });
    purser.trigger('tick');
    expect(await references()).toHaveLength(200);
    expect(bodies(requests())).toHaveLength(230);
    await purser.faults();
    purser.at('2026-06-15', 2);
    purser.trigger('tick');
    expect(bodies(requests())).toHaveLength(30);
    expect(new Set(await references()).size).toBe(230);
    expect(await references()).toHaveLength(230);
    expect(await notices()).toEqual([]);
  });

  it('that passes is tried again each hour without a word', async () => {
    await midJune({ 'Booking agent': AGENT });
    await deliver(0, 2);
    await purser.faults({ host: 'gmail', match: 'messages?', play: { answer: { status: 503, body: '{}' } } });
    purser.trigger('tick');
    expect(await references()).toEqual([]);
    await purser.faults();
    purser.at('2026-06-15', 2);
    purser.trigger('tick');
    expect(await references()).toHaveLength(2);
    expect(await notices()).toEqual([]);
  });

  it('that somebody must mend is told to the owner, once a day', async () => {
    await midJune({ 'Booking agent': 'not an address' });
    for (const hour of [1, 2, 3]) {
      purser.at('2026-06-15', hour);
      purser.trigger('tick');
    }
    expect(await notices()).toHaveLength(1);
    expect((await notices())[0]?.text).toContain('Booking agent');
    purser.at('2026-06-16', 1);
    purser.trigger('tick');
    expect(await notices()).toHaveLength(2);
    await purser.setting('Booking agent', AGENT);
    await deliver(0, 1);
    purser.at('2026-06-16', 2);
    purser.trigger('tick');
    expect(await references()).toEqual(['HB-5000']);
  });

  it('of another reading at work is none', async () => {
    await midJune({ 'Booking agent': AGENT });
    const held = { owner: 'x', who: 'nora', sinceMs: 0, expiresMs: purser.clock.now() + 60_000 };
    purser.appsScript().properties('document').set('lease.evidence', JSON.stringify(held));
    purser.trigger('tick');
    expect(requests()).toEqual([]);
    expect(await notices()).toEqual([]);
  });

  it('of a mail deleted before it was read leaves it out', async () => {
    await midJune({ 'Booking agent': AGENT });
    await deliver(0, 3);
    const gone = { error: { code: 404, status: 'NOT_FOUND', errors: [{ reason: 'notFound' }] } };
    await purser.faults({
      host: 'gmail',
      match: 'format=full',
      times: 1,
      play: { answer: { status: 404, body: JSON.stringify(gone) } },
    });
    purser.trigger('tick');
    expect(await references()).toHaveLength(2);
    expect(await notices()).toEqual([]);
  });
});

it('the statement goes first, and mail is read in the time that it leaves', async () => {
  const june = [...cleanMonth(), charter('C-june', { month: '2026-06', date: '2026-06-09' })];
  await purser.begin({ charters: june });
  purser.send();
  await purser.setting('Booking agent', AGENT);
  await deliver(0, 2);
  purser.at('2026-07-02', 8);
  requests();
  purser.trigger('tick');
  const of = requests();
  const posted = of.findIndex((request) => request.includes('dynamodb'));
  const read = of.findIndex((request) => bodies([request]).length > 0);
  expect(posted).toBeGreaterThanOrEqual(0);
  expect(read).toBeGreaterThan(posted);
});
