/** The hourly check and AWS: a session stands ready, and a role that refuses is found out before the statement day. */
import type { Fault } from '../../scripts/local/contract.ts';
import { OWN_SCOPES } from '../../src/accounts/own-scopes.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

const refusal: Fault = {
  host: 'sts.',
  play: {
    answer: {
      status: 403,
      body: '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>AccessDenied</Code></Error></ErrorResponse>',
    },
  },
};

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const askedSts = (): number => purser.trace().filter(({ request }) => request.url.includes('//sts.')).length;
const notices = async (): Promise<string[]> =>
  (await purser.mails('notice')).map(({ subject }) => subject).filter((subject) => /AWS/.test(subject));

function aprilIsSent(): void {
  const at = '2026-05-01T12:00:00Z';
  const record = {
    schema: 1,
    id: 'outbox.statement.2026-04.V1',
    kind: 'statement',
    state: 'sent',
    transport: 'built-in',
  };
  purser
    .appsScript()
    .properties('document')
    .set(
      record.id,
      JSON.stringify({ ...record, attempts: 1, subject: '', to: [], cc: [], changedAt: at, recordedAt: at }),
    );
}

/** The hourly check at this hour. */
function tick(date: string, hour: number): void {
  purser.at(date, hour);
  purser.trigger('tick');
}

it('keeps a session ready, so that the statement asks for none', async () => {
  await purser.begin();
  purser.at('2026-06-01', 5);
  purser.clock.advance(30 * 60_000);
  purser.trigger('tick');
  const before = askedSts();
  purser.at('2026-06-01', 6);
  expect(purser.send()).toMatchObject({ status: 'sent' });
  expect(askedSts()).toBe(before);
});

it('asks for nothing with an access key', async () => {
  await purser.begin({ aws: 'keys' });
  tick('2026-05-20', 9);
  expect(askedSts()).toBe(0);
});

it('tells once a day that the role refuses, naming the statement that can’t be made', async () => {
  await purser.begin({ today: '2026-05-20' });
  aprilIsSent();
  await purser.faults(refusal);
  for (const hour of [9, 10, 11]) tick('2026-05-20', hour);
  expect(await notices()).toEqual(['Purser: AWS refuses, so May 2026’s statement can’t be made']);
  tick('2026-05-21', 9);
  expect(await notices()).toHaveLength(2);
});

it('tells nobody of an AWS that is out of reach for hours', async () => {
  await purser.begin({ today: '2026-05-20' });
  await purser.faults({ host: 'sts.', play: { answer: { status: 503, body: '<html>' } } });
  tick('2026-05-20', 9);
  tick('2026-05-20', 10);
  expect(await notices()).toEqual([]);
  await purser.faults();
  tick('2026-05-20', 11);
  expect(await notices()).toEqual([]);
});

it('sends one mail, not two, on a day when the statement failed for it', async () => {
  await purser.begin({ today: '2026-06-01' });
  purser.appsScript().properties('user', OWNER.email).delete('aws.session');
  await purser.faults(refusal);
  for (const hour of [7, 8, 9]) tick('2026-06-01', hour);
  expect(await notices()).toEqual([]);
  expect((await purser.mails('notice')).map(({ subject }) => subject)).toEqual([
    'Purser: May 2026 could not be sent',
  ]);
});

it('sends one mail, not two, on a day when the statement failed because the owner’s consent leaves out who they are', async () => {
  await purser.begin({ today: '2026-06-01', settings: { 'Statement recipients': 'grace@partner.example' } });
  const scopes = OWN_SCOPES.map(({ scope }) => scope).filter((scope) => scope !== 'openid');
  await purser.workspace.grantScopes(OWNER.email, scopes);
  purser.appsScript().properties('user', OWNER.email).delete('aws.session');
  for (const hour of [7, 8, 9]) tick('2026-06-01', hour);
  expect((await purser.mails('notice')).map(({ subject }) => subject)).toEqual([
    'Purser: May 2026 could not be sent',
  ]);
});

it('tells that AWS refuses when the month is held for something else that day, or only waits for a person', async () => {
  await purser.begin({ today: '2026-06-01' });
  tick('2026-06-01', 7);
  expect(await notices()).toEqual([]);
  purser.appsScript().properties('user', OWNER.email).delete('aws.session');
  await purser.faults(refusal);
  for (const hour of [8, 9]) tick('2026-06-01', hour);
  expect(await notices()).toEqual(['Purser: AWS refuses, so May 2026’s statement can’t be made']);
});

it('goes on with the hour, and tells of AWS, while the record of last month’s mail can’t be read', async () => {
  await purser.begin({ today: '2026-05-20' });
  purser.appsScript().properties('document').set('outbox.statement.2026-04.V1', '{"schema":99}');
  purser.appsScript().properties('user', OWNER.email).delete('aws.session');
  await purser.faults(refusal);
  tick('2026-05-20', 9);
  expect(await notices()).toEqual(['Purser: AWS refuses, so April 2026’s statement can’t be made']);
});
