/** The hourly look at connected accounts: it keeps them alive, and the owner hears once, and in time, of what ends. */
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import type { AccountRecord } from '../../src/accounts/account.ts';
import type { AccountsView } from '../../src/sidebar/accounts/view.ts';
import type { Purser } from '../tools/purser.ts';
import type { Scene } from '../tools/scene.ts';
import { OWNER } from '../tools/scene.ts';
import type { Mail } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const OFFICE = 'office@harbor.example';
const DOCK = 'dock@harbor.example';
const AGENT = 'desk@bookings.example';
const OAUTH = 'oauth2.googleapis.com/token';
const HOUR_MS = 3_600_000;

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

/** The third of June, before the statement day: May’s statement is the next one. */
async function begin(settings: Scene['settings'] = { 'Send from': OFFICE }): Promise<void> {
  await purser.begin({ settings: { 'Statement day': '10', ...settings } });
  await purser.workspace.oauth({});
  purser.at('2026-06-03', 9);
  const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
  expect(act({ type: 'store-client', clientId, clientSecret }).notice?.kind).toBe('good');
}

function tick(): void {
  purser.trigger('tick');
}

/** Ticks on the hour. */
function ticks(hours: number, everyHours = 1): void {
  for (let gone = 0; gone < hours; gone += everyHours) {
    purser.clock.advance(everyHours * HOUR_MS);
    tick();
  }
}

const notices = (): Promise<readonly Mail[]> => purser.mails('notice');

async function subjects(): Promise<string[]> {
  return (await notices()).map(({ subject }) => subject);
}

function subjectOfOnly(): string {
  const view = purser.appsScript().call('accountsView', [], { as: OWNER.email }) as AccountsView;
  return view.accounts[0]?.subject ?? 'none';
}

function subjectOf(email: string): string {
  const view = purser.appsScript().call('accountsView', [], { as: OWNER.email }) as AccountsView;
  return view.accounts.find((one) => one.email === email)?.subject ?? 'none';
}

function act(action: object): AccountsView {
  return purser.appsScript().call('accountsAct', [action], { as: OWNER.email }) as AccountsView;
}

/** The owner connects it in their own browser; `subject` when it was connected before. */
function signIn(email: string, subject?: string): void {
  const action =
    subject === undefined
      ? { type: 'connect', purposes: ['send', 'bookings'] }
      : { type: 'reconnect', subject };
  const { link, notice } = act(action);
  expect(purser.signIn(link?.url ?? String(notice?.words), { email }).title).toBe('Purser: Connected');
}

/** How often tokens were asked for since the scene began. */
function refreshes(): number {
  return purser.trace().filter(({ request }) => request.url.includes(OAUTH)).length;
}

describe('every hour', () => {
  it('what ends within two hours is refreshed, and nothing else', async () => {
    await begin();
    const due = await purser.connect(OFFICE, ['send']);
    const long: Partial<AccountRecord> = {
      lifetimeSeconds: 6 * 3600,
      expiresAt: new Date(purser.clock.now() + 4 * HOUR_MS).toISOString(),
    };
    const later = await purser.connect(DOCK, ['bookings'], long);
    const old = [due, later].map((subject) => purser.account(subject).accessToken);
    purser.clock.advance(HOUR_MS);
    tick();
    expect(refreshes()).toBe(1);
    expect(purser.account(due)).toMatchObject({ lastRefreshedAt: '2026-06-03T14:00:00.000Z' });
    expect(purser.account(due).accessToken).not.toBe(old[0]);
    expect(purser.account(later).accessToken).toBe(old[1]);
    tick();
    expect(refreshes()).toBe(1);
    purser.clock.advance(1.5 * HOUR_MS);
    tick();
    expect(refreshes()).toBe(3);
    expect(purser.account(later).accessToken).not.toBe(old[1]);
    expect(await notices()).toEqual([]);
  });

  it('without a connected account no token is asked for', async () => {
    await begin({});
    ticks(3);
    expect(refreshes()).toBe(0);
    expect(await notices()).toEqual([]);
  });

  it('the other accounts are refreshed when one is gone, and its owner hears of that one alone', async () => {
    await begin({ 'Send from': OFFICE, 'Booking mail from': DOCK, 'Booking agent': AGENT });
    const gone = await purser.connect(OFFICE, ['send']);
    const well = await purser.connect(DOCK, ['bookings']);
    const old = purser.account(well).accessToken;
    await purser.workspace.revokeByPerson(OFFICE);
    ticks(2);
    expect(purser.account(gone)).toMatchObject({ accessToken: null, refreshToken: null, email: OFFICE });
    expect(purser.account(well).accessToken).not.toBe(old);
    expect(purser.account(well).dead).toBeNull();
    expect(await subjects()).toEqual([`Purser: ${OFFICE} must be connected again`]);
  });

  it('a record that can’t be read keeps no other from being refreshed', async () => {
    await begin();
    const subject = await purser.connect(OFFICE, ['send']);
    purser.appsScript().properties('user', OWNER.email).set('account.1', '{"schema":99}');
    ticks(1);
    expect(purser.account(subject).lastRefreshedAt).not.toBeNull();
  });
});

describe('an account that was revoked', () => {
  it('is told to the owner once, with the job that fails, and not again in the next hours and days', async () => {
    await begin();
    const subject = await purser.connect(OFFICE, ['send']);
    await purser.workspace.revokeByPerson(OFFICE);
    ticks(3);
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      subject: `Purser: ${OFFICE} must be connected again`,
      from: [OWNER.email],
      to: [OWNER.email],
      cc: [],
    });
    expect(notice?.text).toContain(`May 2026’s statement can’t be sent from ${OFFICE}.`);
    expect(notice?.text).toContain('Connected accounts…');
    expect(purser.account(subject)).toMatchObject({ dead: { cause: 'revoked' }, refreshToken: null });
    ticks(6 * 24, 8);
    expect(await notices()).toHaveLength(1);
  });

  it('that booking mail is read from is told once, and not every day that no mail is read', async () => {
    await begin({ 'Booking mail from': OFFICE, 'Booking agent': AGENT });
    await purser.connect(OFFICE, ['bookings']);
    await purser.workspace.revokeByPerson(OFFICE);
    ticks(3 * 24, 6);
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice?.text).toContain(`Booking mail in ${OFFICE} can’t be read for May 2026’s statement.`);
  });

  it('that nothing uses is told as well, without a job', async () => {
    await begin({});
    await purser.connect(OFFICE, ['send']);
    await purser.workspace.revokeByPerson(OFFICE);
    ticks(2);
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice?.text).not.toContain('can’t be');
  });

  it('is told while the settings can’t be read', async () => {
    await begin();
    await purser.connect(OFFICE, ['send']);
    await purser.setting('Statement day', 'someday');
    await purser.workspace.revokeByPerson(OFFICE);
    ticks(2);
    expect(await subjects()).toContain(`Purser: ${OFFICE} must be connected again`);
  });

  it('is told by the next tick when the mail about it was refused', async () => {
    await begin();
    await purser.connect(OFFICE, ['send']);
    await purser.workspace.revokeByPerson(OFFICE);
    await purser.faults({
      host: 'gmail',
      match: 'messages/send',
      play: { answer: { status: 403, body: '{}' } },
    });
    ticks(2);
    expect(await notices()).toEqual([]);
    await purser.faults();
    ticks(3);
    expect(await subjects()).toEqual([`Purser: ${OFFICE} must be connected again`]);
  });

  it.each([
    ['on the same day', 1],
    ['two days later', 48],
  ])('and connected again is told again when it is revoked again %s', async (_when, hours) => {
    await begin();
    signIn(OFFICE);
    const subject = subjectOfOnly();
    await purser.workspace.revokeByPerson(OFFICE);
    ticks(2);
    expect(await notices()).toHaveLength(1);
    signIn(OFFICE, subject);
    expect(purser.account(subject)).toMatchObject({ dead: null, toldAt: null });
    ticks(2);
    expect(await notices()).toHaveLength(1);
    ticks(hours, Math.min(hours, 8));
    await purser.workspace.revokeByPerson(OFFICE);
    ticks(2);
    expect(await notices()).toHaveLength(2);
    ticks(3);
    expect(await notices()).toHaveLength(2);
  });
});

describe('a consent screen in testing, which ends connections after seven days', () => {
  it('is warned of within three days before the end, once, and told when it came', async () => {
    await begin();
    await purser.workspace.oauth({ testing: true });
    signIn(OFFICE);
    ticks(3.5 * 24, 12);
    expect(await notices()).toEqual([]);
    ticks(24, 12);
    const [warning] = await notices();
    expect(await subjects()).toEqual([`Purser: access to ${OFFICE} ends soon`]);
    expect(warning?.text).toContain('June 10, 2026');
    expect(warning?.text).toContain(`May 2026’s statement can’t be sent from ${OFFICE}.`);
    expect(warning?.text).toContain('in testing');
    ticks(24, 8);
    expect(await notices()).toHaveLength(1);
    // The end comes on the statement day, whose own tick finds it.
    purser.at('2026-06-10', 10);
    ticks(2);
    expect((await subjects())[1]).toBe(`Purser: ${OFFICE} must be connected again`);
    expect((await notices())[1]?.text).toContain('in testing');
    expect(await notices()).toHaveLength(2);
  });
});

it('an account that ends soon is told of with the statement that is next, not with the one that the tick has just sent', async () => {
  await purser.begin({ settings: { 'Send from': OFFICE } });
  await purser.workspace.oauth({});
  await purser.connect(OFFICE, ['send'], { refreshTokenExpiresAt: '2026-06-03T00:00:00.000Z' });
  // March was sent: without a statement before it, May would wait for a person.
  await purser.type('Purser register', 'A3', '2026-03');
  await purser.type('Purser register', 'B3', '1');
  await purser.type('Purser register', 'C3', 'sent');
  purser.at('2026-06-01', 9);
  expect(purser.trigger('tick')).toMatchObject({ status: 'sent' });
  const [notice, ...more] = await notices();
  expect(more).toEqual([]);
  expect(notice?.text).toContain('June 2026’s statement can’t be sent');
  expect(notice?.text).not.toContain('May 2026');
});

describe('trouble at Google that passes', () => {
  it.each(['html-503', 'html-200', 'throttled', 'slow'] as const)(
    '(%s) for a day kills nothing and mails nothing, and the next refresh works',
    async (answer) => {
      await begin();
      const subject = await purser.connect(OFFICE, ['send']);
      const { refreshToken } = purser.account(subject);
      await purser.workspace.oauth({ answer });
      ticks(24, answer === 'html-503' ? 1 : 4);
      expect(purser.account(subject)).toMatchObject({ refreshToken, dead: null });
      expect(purser.account(subject).lastError).not.toBeNull();
      await purser.workspace.oauth({});
      ticks(1);
      expect(purser.account(subject)).toMatchObject({ dead: null, lastError: null });
      expect(await notices()).toEqual([]);
    },
  );
});

describe('an OAuth client that Google refuses', () => {
  it('kills no account, is told once a day with the job that fails, and no more once it is mended', async () => {
    await begin();
    const subject = await purser.connect(OFFICE, ['send']);
    const { refreshToken } = purser.account(subject);
    await purser.workspace.oauth({ answer: 'client-gone' });
    ticks(6);
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice?.subject).toBe('Purser: Google refuses the OAuth client');
    expect(notice?.text).toContain('deleted_client');
    expect(notice?.text).toContain(`May 2026’s statement can’t be sent from ${OFFICE}.`);
    expect(purser.account(subject)).toMatchObject({ refreshToken, dead: null });
    await purser.workspace.oauth({});
    ticks(24, 4);
    expect(await notices()).toHaveLength(1);
  });
});

describe('“Send from” that can’t be used', () => {
  const SUBJECT = 'Purser: May 2026’s statement can’t be sent as the settings are';

  /** A tick each morning. */
  function mornings(from: number, to: number): void {
    for (let day = from; day <= to; day++) {
      purser.at(`2026-06-${String(day).padStart(2, '0')}`, 8);
      tick();
      tick();
    }
  }

  it.each<[string, () => Promise<void>, string]>([
    ['names nobody', async () => {}, 'is no connected account'],
    [
      'names an account that is connected for something else',
      async () => void (await purser.connect(OFFICE, ['bookings'])),
      'not for',
    ],
    [
      'names one that was not allowed enough',
      async () => void (await purser.connect(OFFICE, ['calendar'], { purposes: ['send'] })),
      'was not allowed to',
    ],
  ])(
    'and %s: told at once, not again for days, and daily when the statement day is near',
    async (_, prepare, words) => {
      await begin({ 'Send from': OFFICE, 'Statement day': '20' });
      await prepare();
      mornings(3, 8);
      const [notice] = await notices();
      expect(await subjects()).toEqual([SUBJECT]);
      expect(notice?.text).toContain(words);
      expect(notice?.text).toContain('“Send from”');
      expect(notice?.text).toContain('Connected accounts…');
      mornings(16, 19);
      // On the 16th after more than a week, then on the last three days.
      expect(await subjects()).toEqual(Array.from({ length: 5 }, () => SUBJECT));
    },
  );

  it('is told the next day when Gmail refused the mail about it, and not again for days', async () => {
    await begin({ 'Send from': OFFICE, 'Statement day': '20' });
    const body = '{"error":{"code":403,"message":"no","errors":[{"reason":"dailyLimitExceeded"}]}}';
    const play = { answer: { status: 403, body } };
    await purser.faults({ host: 'gmail.googleapis.com', match: 'messages/send', play });
    mornings(3, 3);
    expect(await notices()).toEqual([]);
    await purser.faults();
    mornings(4, 9);
    expect(await subjects()).toEqual([SUBJECT]);
  });

  it('is told on the statement day by the month’s own mail, and by no second one', async () => {
    await begin({ 'Send from': OFFICE, 'Statement day': '3' });
    ticks(5);
    expect(await subjects()).toEqual(['Purser: May 2026 could not be sent']);
  });

  it('is no trouble once it can', async () => {
    await begin();
    await purser.connect(OFFICE, ['send']);
    mornings(3, 9);
    expect(await notices()).toEqual([]);
  });

  it('is said in the dialog, by the account’s card, too', async () => {
    await begin({ 'Send from': OFFICE, 'Booking mail from': DOCK });
    await purser.connect(OFFICE, ['bookings']);
    const view = purser.appsScript().call('accountsView', [], { as: OWNER.email }) as AccountsView;
    expect(view.problems).toEqual([expect.stringMatching(/office@harbor\.example.*not for.*“Send from”/)]);
    expect(view.accounts[0]?.uses).toBe(
      'Named by the setting “Send from”, but it is not connected for that: press Reconnect.',
    );
    await purser.setting('Booking agent', AGENT);
    const both = purser.appsScript().call('accountsView', [], { as: OWNER.email }) as AccountsView;
    expect(both.problems).toEqual([
      expect.stringContaining(OFFICE),
      expect.stringMatching(/“Booking mail from” .* names dock@harbor\.example/),
    ]);
  });
});

describe('a tick that has little time left', () => {
  it('leaves accounts to the next one', async () => {
    await begin();
    purser.at('2026-06-10', 7);
    const subject = await purser.connect(OFFICE, ['send']);
    purser.clock.advance(HOUR_MS / 2);
    // Silence of each takes a minute of the six that there are.
    const silent = ['dynamodb', 'gmail', 'www.googleapis.com'];
    await purser.faults(...silent.map((host) => ({ host, play: { stall: true } as const })));
    tick();
    expect(purser.account(subject).lastRefreshedAt).toBeNull();
    await purser.faults();
    ticks(1);
    expect(purser.account(subject).lastRefreshedAt).not.toBeNull();
  });
});

describe('connections that nobody decided on for a day', () => {
  async function waiting(count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      const email = `w${index}@x.example`;
      const { subject, accessToken, refreshToken } = await purser.workspace.giveTokens(email, ['openid']);
      const reply = { accessToken, refreshToken, scopes: ['openid'], tokenType: 'Bearer', idToken: null };
      const one = {
        schema: 1,
        id: String(index),
        identity: { subject, email, emailVerified: true, name: '' },
        reply: { ...reply, lifetimeSeconds: 3600, refreshTokenLifetimeSeconds: null },
        purposes: ['send'],
        expectedEmail: OFFICE,
        since: '2026-06-01T00:00:00.000Z',
        invitation: null,
      };
      mine().set(`connect.waiting.${index}`, JSON.stringify(one));
    }
  }
  const mine = () => purser.appsScript().properties('user', OWNER.email);
  const left = (): number =>
    Array.from({ length: 6 }, (_, index) => `connect.waiting.${index}`).filter((key) => mine().has(key))
      .length;
  const askedToEnd = (): number => {
    const asked = purser.trace().filter(({ request }) => request.url.includes('/revoke'));
    return new Set(asked.map(({ request }) => new TextDecoder().decode(request.body))).size;
  };

  it('are ended while there is time, though Google is silent: no tick is killed, and each that went was asked for', async () => {
    await begin({});
    await waiting(6);
    await purser.faults({ host: 'oauth2', match: 'revoke', play: { stall: true } });
    const startedMs = purser.clock.now();
    tick();
    expect(purser.clock.now() - startedMs).toBeLessThan(345_000);
    expect(left()).toBeLessThan(6);
    expect(left()).toBeGreaterThan(0);
    expect(askedToEnd()).toBe(6 - left());
    await purser.faults();
    ticks(1);
    expect(left()).toBe(0);
    expect(askedToEnd()).toBe(6);
  });

  it('wait on when somebody else’s lease and Google’s silence would take the rest of the time', async () => {
    await begin({});
    await waiting(3);
    const sinceMs = purser.clock.now();
    const lease = { owner: 'x', who: 'x', sinceMs, expiresMs: sinceMs + 70_000 };
    mine().set('lease.grants', JSON.stringify(lease));
    await purser.faults({ host: 'oauth2', match: 'revoke', play: { stall: true } });
    tick();
    expect(purser.clock.now() - sinceMs).toBeLessThan(345_000);
    expect(askedToEnd()).toBe(3 - left());
  });
});

describe('the statement day with a sender that is gone', () => {
  async function statementDay(): Promise<void> {
    await purser.begin({ settings: { 'Send from': OFFICE } });
    await purser.workspace.oauth({});
    purser.at('2026-06-01', 1);
    await purser.connect(OFFICE, ['send', 'bookings']);
    await purser.workspace.revokeByPerson(OFFICE);
  }

  it('found by the trigger’s run: one mail that day, which names the month, not two', async () => {
    await statementDay();
    purser.at('2026-06-01', 7);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ error: { code: 'account-expired' } });
    ticks(16);
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice?.subject).toBe(`Purser: ${OFFICE} must be connected again`);
    expect(notice?.text).toContain(`May 2026’s statement can’t be sent from ${OFFICE}.`);
  });

  it('found by the tick before it: still one mail that day', async () => {
    await statementDay();
    purser.at('2026-06-01', 3);
    tick();
    expect(await notices()).toHaveLength(1);
    purser.at('2026-06-01', 6);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ error: { code: 'account-expired' } });
    ticks(17);
    expect(await notices()).toHaveLength(1);
  });

  it('that booking mail is read from, too: still one mail, with both jobs', async () => {
    await purser.begin({
      settings: { 'Send from': OFFICE, 'Booking mail from': OFFICE, 'Booking agent': AGENT },
    });
    await purser.connect(OFFICE, ['send', 'bookings']);
    await purser.workspace.revokeByPerson(OFFICE);
    purser.at('2026-06-01', 8);
    ticks(12);
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice?.text).toContain('statement can’t be sent');
    expect(notice?.text).toContain('can’t be read');
  });

  it('while another one was told of that very day: the month is told of all the same', async () => {
    await statementDay();
    await purser.connect(DOCK, ['bookings']);
    await purser.workspace.revokeByPerson(DOCK);
    const subject = subjectOf(OFFICE);
    // The owner heard of the sender’s account days ago, and did nothing.
    purser.at('2026-06-01', 3);
    tick();
    const mine = purser.appsScript().properties('user', OWNER.email);
    const told = { ...purser.account(subject), toldAt: '2026-05-28T12:00:00.000Z' };
    mine.set(`account.${subject}`, JSON.stringify(told));
    const before = (await notices()).length;
    purser.at('2026-06-01', 6);
    expect(purser.trigger('monthlyStatement')).toMatchObject({
      error: { code: 'account-expired', account: subject },
    });
    expect((await subjects()).slice(before)).toEqual(['Purser: May 2026 could not be sent']);
  });

  it('and once it is connected again, the next day’s tick makes the statement', async () => {
    await statementDay();
    purser.at('2026-06-01', 7);
    purser.trigger('monthlyStatement');
    signIn(OFFICE, subjectOfOnly());
    purser.at('2026-06-02', 7);
    // The first statement ever waits for a person.
    expect(purser.trigger('tick')).toMatchObject({ status: 'ready', from: { address: OFFICE } });
  });
});
