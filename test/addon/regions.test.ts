/** Two regions of DynamoDB, each of which may fail in its own way. */
import { crewDispatch, crewRoster } from '../../scripts/local/aws/tables.ts';
import type { Fault } from '../../scripts/local/contract.ts';
import type { Purser } from '../tools/purser.ts';
import type { Item } from '../tools/scene.ts';
import { charter, cleanMonth, OWNER, without } from '../tools/scene.ts';
import { codes } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const PRIMARY = 'dynamodb.us-east-1.amazonaws.com';
const SECOND = 'dynamodb.us-west-2.amazonaws.com';
const SENT = { status: 'sent', totals: { charters: 3, reportableCents: 275_000 } };

function aws(name: string, message = ''): Fault['play'] {
  return {
    answer: {
      status: 400,
      body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message }),
    },
  };
}

async function sendWith(...faults: readonly Fault[]): Promise<ReturnType<Purser['send']>> {
  await purser.begin();
  await purser.faults(...faults);
  return purser.send();
}

describe('the second region down', () => {
  it.each<readonly [string, Fault['play']]>([
    ['out of reach', { unreachable: true }],
    ['silent', { stall: true }],
    [
      'broken',
      { answer: { status: 500, body: '{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}' } },
    ],
    ['answering with a page', { answer: { status: 503, body: '<html>Service Unavailable</html>' } }],
  ])('%s: a person sends, after a warning that names it', async (_words, play) => {
    const report = await sendWith({ host: SECOND, play });
    expect(report).toMatchObject(SENT);
    expect(report.findings).toMatchObject([
      { code: 'region-down', severity: 'warn', message: expect.stringContaining('us-west-2') },
    ]);
    expect(await purser.mails()).toHaveLength(1);
  });

  it('keeps a trigger from sending', async () => {
    await purser.sent();
    purser.at('2026-07-01');
    await purser.recharter([...cleanMonth(), charter('C-june', { month: '2026-06', date: '2026-06-09' })]);
    await purser.faults({ host: SECOND, play: { unreachable: true } });
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready', month: '2026-06' });
    expect(await purser.mails('statement')).toHaveLength(1);
  });
});

describe('the primary region down', () => {
  it('holds the month on the second’s figures, and says so', async () => {
    const report = await sendWith({ host: PRIMARY, play: { unreachable: true } });
    expect(report).toMatchObject({ ...SENT, status: 'held' });
    expect(report.findings).toMatchObject([
      { code: 'region-down', severity: 'block', message: expect.stringContaining('us-west-2 alone') },
    ]);
    expect(await purser.mails()).toEqual([]);
  });

  it('with the second down too fails, naming both', async () => {
    const report = await sendWith(
      { host: PRIMARY, play: { unreachable: true } },
      { host: SECOND, play: { unreachable: true } },
    );
    expect(report).toMatchObject({ status: 'failed', error: { code: 'network-failed' } });
    expect(report.error?.message).toContain('us-east-1');
    expect(report.error?.message).toContain('us-west-2');
    expect(await purser.titles()).not.toContain('May 2026');
  });

  it('that goes silent half way takes the second’s figures whole, and ends in time', async () => {
    await purser.begin();
    const startedMs = purser.clock.now();
    await purser.faults({ host: PRIMARY, skip: 2, play: { stall: true } });
    const report = purser.send();
    expect(report).toMatchObject({ status: 'held', totals: { reportableCents: 275_000 } });
    expect(purser.clock.now() - startedMs).toBeLessThan(270_000);
  });
});

describe('what passes', () => {
  it.each<readonly [string, Fault]>([
    ['throttling', { host: PRIMARY, times: 3, play: aws('ProvisionedThroughputExceededException') }],
    ['request limits', { host: SECOND, times: 2, play: aws('RequestLimitExceeded') }],
    ['an internal error', { host: PRIMARY, times: 2, play: { answer: { status: 500, body: '{}' } } }],
    ['a lost connection', { host: PRIMARY, times: 1, play: { unreachable: true } }],
    ['a page that breaks off', { host: PRIMARY, times: 1, match: 'Query', play: { halve: true } }],
    ['a roster that breaks off', { host: SECOND, times: 1, match: 'Scan', play: { halve: true } }],
    ['zipped replies', { host: 'dynamodb.', play: { zip: true } }],
  ])('%s is not noticed by anybody', async (_words, fault) => {
    const report = await sendWith(fault);
    expect(report).toMatchObject(SENT);
    expect(report.findings).toEqual([]);
  });

  it.each([20 * 60_000, -20 * 60_000])(
    'a clock that is %i ms off is corrected by the service’s',
    async (ms) => {
      await purser.begin({ clockAheadMs: ms });
      expect(purser.send()).toMatchObject({ ...SENT, findings: [] });
    },
  );

  it('reads all pages of a large month', async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      charter(`C-${index}`, { vessel: `V${index}`, log: 'x'.repeat(40_000) }),
    );
    await purser.begin({ charters: many });
    const report = purser.send();
    expect(report).toMatchObject({
      status: 'sent',
      totals: { charters: 60, reportableCents: 6_000_000 },
      findings: [],
    });
    const queries = purser
      .trace()
      .filter(({ request }) => Buffer.from(request.body).toString().includes('ExclusiveStartKey'));
    expect(queries.length).toBeGreaterThan(2);
  }, 60_000);
});

describe('the regions disagree', () => {
  const differing = (change: (items: readonly Item[]) => readonly Item[]): Promise<void> =>
    purser.begin({ chartersSecond: change(cleanMonth()) });
  const changed = (more: Item) => (items: readonly Item[]) =>
    items.map((item, index) => (index === 0 ? { ...item, ...more } : item));

  it('on money: held, naming the item, the attribute and the cents', async () => {
    await differing(changed({ revenueTotal: 999.5 }));
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(report.findings).toMatchObject([{ code: 'regions-differ', charterId: 'C-2026-05-1', cents: 50 }]);
    expect(report.findings[0]?.message).toMatch(/revenueTotal “1000” against “999\.5”.*\$0\.50/);
    expect(report.totals?.recordedCents).toBe(275_000);
  });

  it('on whether a charter is there at all', async () => {
    await differing((items) => items.slice(1));
    expect(purser.send().findings).toMatchObject([
      {
        code: 'regions-differ',
        charterId: 'C-2026-05-1',
        cents: 100_000,
        message: expect.stringContaining('missing in us-west-2'),
      },
    ]);
    await differing((items) => [...items, charter('C-extra')]);
    expect(purser.send().findings).toMatchObject([
      {
        code: 'regions-differ',
        charterId: 'C-extra',
        message: expect.stringContaining('missing in us-east-1'),
      },
    ]);
  });

  it('on an attribute that only one has', async () => {
    await differing((items) => items.map((item) => without(item, 'crew')));
    expect(codes(purser.send())).toEqual(['regions-differ', 'regions-differ', 'regions-differ']);
  });

  it('not on the order of a set, nor on 1000 and 1000.00', async () => {
    const set = (ids: readonly string[], amount: string): Item => ({
      charterId: { S: 'C-set' },
      month: { S: '2026-05' },
      date: { S: '2026-05-09' },
      departs: { S: '10:00' },
      vessel: { S: 'Osprey' },
      kind: { S: 'public' },
      status: { S: 'completed' },
      guests: { N: '8' },
      comps: { N: '0' },
      revenueTotal: { N: amount },
      crew: { SS: ids },
    });
    await purser.begin({
      charters: [set(['cr-1', 'cr-2'], '1000')],
      chartersSecond: [set(['cr-2', 'cr-1'], '1000.00')],
    });
    expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
  });

  it('is nothing without a second region', async () => {
    await purser.begin({ chartersSecond: [], settings: { 'Second region': '' } });
    const from = purser.trace().length;
    expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
    const asked = purser
      .trace()
      .slice(from)
      .map(({ request }) => request.url);
    expect(asked.some((url) => url.includes(PRIMARY))).toBe(true);
    expect(asked.some((url) => url.includes(SECOND))).toBe(false);
  });
});

describe('AWS refuses', () => {
  const keys = (more: object): void => {
    const store = purser.appsScript().properties('user', OWNER.email);
    const stored = JSON.parse(store.get('aws.credentials') ?? '{}') as object;
    store.set('aws.credentials', JSON.stringify({ ...stored, ...more }));
  };

  it('a wrong secret, and the error says so without it', async () => {
    await purser.begin({ aws: 'keys' });
    keys({ secretAccessKey: 'wrong/secret/key/that/nobody/knows/00000' });
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'aws-credentials-refused' } });
    expect(report.error?.message).toMatch(/AWS in us-east-1 refused Purser's credentials \(\w+\)/);
    expect(JSON.stringify([report, purser.appsScript().logs])).not.toContain('wrong/secret');
  });

  it('an unknown key', async () => {
    await purser.begin({ aws: 'keys' });
    keys({ accessKeyId: 'AKIANOBODYKNOWS00000' });
    expect(purser.send().error?.message).toContain('UnrecognizedClientException');
  });

  it('neither a role nor keys: set up first', async () => {
    await purser.begin();
    purser.appsScript().properties('user', OWNER.email).delete('aws.credentials');
    expect(purser.send().error).toMatchObject({ code: 'aws-credentials-missing' });
  });

  it.each([
    ['Charters table', 'nope-table', 'charters-table-missing'],
    ['Roster table', 'nope-roster', 'roster-table-missing'],
    ['Charters index', 'nope', 'charters-index-missing'],
  ])('%s “%s”, named with its setting', async (key, value, code) => {
    await purser.begin({ settings: { [key]: value } });
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code } });
    expect(report.error?.message).toContain(key);
    expect(await purser.titles()).not.toContain('May 2026');
  });

  it('an index that lacks attributes, which would read as not recorded', async () => {
    const whole = crewDispatch();
    const charters = {
      ...whole,
      indexes: (whole.indexes ?? []).map((index) => ({ ...index, projection: 'KEYS_ONLY' as const })),
    };
    await purser.begin({ schemas: { charters, roster: crewRoster() }, setUp: false });
    expect(purser.setUp().problems.join()).toContain('KEYS_ONLY');
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'charters-index-missing' } });
    expect(report.error?.message).toContain('does not project all attributes');
  });

  it('what the policy does not allow, naming the action', async () => {
    const report = await sendWith({
      host: PRIMARY,
      match: 'Query',
      play: {
        answer: {
          status: 400,
          body: '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"not authorized"}',
        },
      },
    });
    expect(report.error).toMatchObject({
      code: 'aws-refused',
      message: expect.stringContaining('dynamodb:Query'),
    });
  });
});
