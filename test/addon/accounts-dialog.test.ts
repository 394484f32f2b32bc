/** What the dialog “Connected accounts…” is told, and what it can have done: through the built bundle. */
import { LOCAL_CALLBACK_URL, LOCAL_WEB_APP_URL } from '../../scripts/local/apps-script/deployment.ts';
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import type { AccountsAction, AccountsView } from '../../src/sidebar/accounts/view.ts';
import type { Purser } from '../tools/purser.ts';
import type { Scene } from '../tools/scene.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

const OFFICE = 'office@harbor.example';
const BOTH = ['send', 'bookings'] as const;
const CLIENT = { clientId: LOCAL_OAUTH_CLIENT.clientId, clientSecret: LOCAL_OAUTH_CLIENT.clientSecret };

let purser: Purser;
/** Everything that the dialog was given in a test, to be searched for that world’s secrets. */
const given: string[] = [];

beforeAll(async () => {
  purser = await openPurser();
});
afterEach(() => {
  const store = purser.appsScript().properties('user', OWNER.email);
  const everything = given.splice(0).join('\n');
  for (const secret of [...store].flatMap(([key, json]) => secretsIn(key, json))) {
    expect(everything).not.toContain(secret);
  }
});

function call(name: string, parameters: readonly unknown[], as: string): AccountsView {
  const view = purser.appsScript().call(name, parameters, { as }) as AccountsView;
  given.push(JSON.stringify(view));
  return view;
}

function look(as = OWNER.email): AccountsView {
  return call('accountsView', [], as);
}

function act(action: AccountsAction, as = OWNER.email): AccountsView {
  return call('accountsAct', [action], as);
}

/** With the OAuth client entered; in a workbook that is set up only where settings matter, which takes longer. */
async function begin(settings: Scene['settings'] | null = null): Promise<void> {
  await purser.begin(settings === null ? { setUp: 'owner-only' } : { settings });
  await purser.workspace.oauth({});
  expect(act({ type: 'store-client', ...CLIENT }).notice?.kind).toBe('good');
}

function linkOf(view: AccountsView): string {
  if (view.link === null) throw new Error(`There is no link: ${view.notice?.words}`);
  return view.link.url;
}

/** The owner connects an account in their own browser. */
function connect(email: string, purposes: readonly string[] = BOTH): AccountsView {
  purser.signIn(linkOf(act({ type: 'connect', purposes })), { email });
  return look();
}

function cardOf(view: AccountsView, email: string): AccountsView['accounts'][number] {
  const card = view.accounts.find((one) => one.email === email);
  if (card === undefined) throw new Error(`${email} is not among ${JSON.stringify(view.accounts)}`);
  return card;
}

function textOf(view: AccountsView): string {
  return JSON.stringify(view);
}

describe('before anything is connected', () => {
  it('the menu item shows a page that asks the server for everything', async () => {
    await purser.begin({ setUp: 'owner-only' });
    purser.appsScript().run('connectedAccounts');
    const shown = purser.appsScript().shown.at(-1);
    expect(shown).toMatchObject({ kind: 'dialog', title: 'Connected accounts' });
    expect(JSON.stringify(shown)).toContain('accountsView');
  });

  it('the owner is told what to register in Google Cloud, and enters the client once', async () => {
    await purser.begin({ setUp: 'owner-only' });
    expect(look()).toMatchObject({
      mayChange: true,
      hasClient: false,
      clientId: null,
      callbackUrl: LOCAL_CALLBACK_URL,
      accounts: [],
    });
    const { clientId, clientSecret } = CLIENT;
    expect(act({ type: 'store-client', clientId: 'nonsense', clientSecret }).notice).toMatchObject({
      kind: 'bad',
    });
    expect(look().hasClient).toBe(false);
    const view = act({ type: 'store-client', clientId: ` ${clientId} `, clientSecret });
    expect(view).toMatchObject({ hasClient: true, clientId, notice: { kind: 'good' } });
  });

  it('to connect without a client is answered with what to do', async () => {
    await purser.begin({ setUp: 'owner-only' });
    const { notice, link } = act({ type: 'connect', purposes: ['send'] });
    expect(link).toBeNull();
    expect(notice).toMatchObject({ kind: 'bad' });
    expect(notice?.words).toContain('Connected accounts…');
  });
});

describe('an account', () => {
  it('connected in the owner’s browser is listed with what it is for and what uses it', async () => {
    await begin({ 'Send from': OFFICE });
    const view = connect(OFFICE);
    const card = cardOf(view, OFFICE);
    expect(card).toMatchObject({ state: 'connected', stateWords: 'Connected' });
    expect(card.purposes.map(({ purpose }) => purpose)).toEqual(['send', 'bookings']);
    expect(card.uses).toBe('Named by the setting “Send from”.');
    expect(card.renewal).toContain('Renewed by itself; next before June 1, 2026, 06:59.');
    expect(view.trail[0]).toMatchObject({ when: 'June 1, 2026, 06:00' });
    expect(view.trail[0]?.words).toContain(`${OFFICE}: connected`);
  });

  it('is tested by renewing its token and using it for each thing that it is for', async () => {
    await begin();
    const { subject } = cardOf(connect(OFFICE), OFFICE);
    // Its token is good for forty minutes more, so that nothing else would renew it.
    purser.clock.set(purser.clock.now() + 20 * 60_000);
    const before = purser.trace().length;
    const { notice, trail } = act({ type: 'test', subject });
    expect(notice).toEqual({
      kind: 'good',
      words: `${OFFICE} answers. Purser can send monthly statements from it and read booking mail in it.`,
    });
    const asked = purser
      .trace()
      .slice(before)
      .map(({ request }) => new URL(request.url).pathname);
    expect(asked).toContain('/token');
    expect(asked.filter((path) => path === '/gmail/v1/users/me/profile')).toHaveLength(2);
    expect(trail[0]?.words).toBe(`${OFFICE}: renewed · Test now`);
  });

  it('that was revoked shows, when tested, that it must be connected again, and which job fails', async () => {
    await begin({ 'Send from': OFFICE });
    const { subject } = cardOf(connect(OFFICE), OFFICE);
    await purser.workspace.revokeByPerson(OFFICE);
    const view = act({ type: 'test', subject });
    expect(view.notice?.kind).toBe('bad');
    expect(view.notice?.words).toContain(`${OFFICE} must be connected again`);
    const card = cardOf(view, OFFICE);
    expect(card).toMatchObject({ state: 'reconnect', stateWords: 'Must be connected again' });
    expect(card.details.join(' ')).toContain(`May 2026’s statement can’t be sent from ${OFFICE}`);
  });

  it('that Google can’t be asked about stays connected', async () => {
    await begin();
    const { subject } = cardOf(connect(OFFICE), OFFICE);
    purser.at('2026-06-01', 7);
    await purser.workspace.oauth({ answer: 'html-503' });
    const view = act({ type: 'test', subject });
    expect(view.notice?.kind).toBe('bad');
    expect(cardOf(view, OFFICE).state).toBe('failing');
    await purser.workspace.oauth({});
    expect(act({ type: 'test', subject }).notice?.kind).toBe('good');
    expect(cardOf(look(), OFFICE).state).toBe('connected');
  });

  it('that may not do everything says what was not granted and what does not work', async () => {
    await begin();
    const url = linkOf(act({ type: 'connect', purposes: ['send'] }));
    purser.signIn(url, { email: OFFICE, ticks: ['https://www.googleapis.com/auth/gmail.readonly'] });
    const card = cardOf(look(), OFFICE);
    expect(card.stateWords).toBe('Connected, but not for everything');
    expect(card.details.join(' ')).toContain('Not granted: send mail, so no statement can be sent from it.');
    const { notice } = act({ type: 'test', subject: card.subject });
    expect(notice?.kind).toBe('bad');
    expect(notice?.words).toContain('send mail');
  });

  it('reconnected as another one waits for a decision, and nothing of the first is lost', async () => {
    await begin();
    const { subject } = cardOf(connect(OFFICE), OFFICE);
    const url = linkOf(act({ type: 'reconnect', subject }));
    purser.signIn(url, { email: 'private@mail.example' });
    const waiting = look();
    expect(waiting.accounts.map(({ email }) => email)).toEqual([OFFICE]);
    expect(waiting.waiting[0]?.words).toContain(`private@mail.example was connected`);
    expect(waiting.waiting[0]?.words).toContain(OFFICE);
    const after = act({ type: 'confirm', id: waiting.waiting[0]?.id ?? '' });
    expect(after.notice?.kind).toBe('good');
    expect(after.accounts.map(({ email }) => email)).toEqual([OFFICE, 'private@mail.example']);
    expect(after.waiting).toEqual([]);
  });

  it('reconnected as another one can be turned down', async () => {
    await begin();
    const { subject } = cardOf(connect(OFFICE), OFFICE);
    purser.signIn(linkOf(act({ type: 'reconnect', subject })), { email: 'private@mail.example' });
    const after = act({ type: 'discard', id: look().waiting[0]?.id ?? '' });
    expect(after).toMatchObject({ notice: { kind: 'good' }, waiting: [] });
    expect(after.accounts.map(({ email }) => email)).toEqual([OFFICE]);
    expect((await purser.workspace.tokensOf('private@mail.example')).refreshTokens).toEqual([]);
  });

  it('is disconnected after a question that names what will fail, and its access at Google ends', async () => {
    await begin({ 'Send from': OFFICE });
    const card = cardOf(connect(OFFICE), OFFICE);
    expect(card.question).toContain(`Disconnect ${OFFICE}?`);
    expect(card.question).toContain('May 2026’s statement');
    const after = act({ type: 'disconnect', subject: card.subject });
    expect(after.notice?.kind).toBe('good');
    expect(after.accounts).toEqual([]);
    expect(after.trail[0]?.words).toContain(`${OFFICE}: disconnected`);
    expect((await purser.workspace.tokensOf(OFFICE)).refreshTokens).toEqual([]);
  });

  it('connected for its calendar has one chosen for its charters, and says so', async () => {
    await begin();
    connect(OFFICE, ['calendar']);
    const { subject, calendar } = cardOf(look(), OFFICE);
    expect(calendar).toBe('Charters are written to: nothing. Its own calendar is read.');
    await purser.workspace.calendars.person(OFFICE).makeCalendar('sails@group.calendar.google.com', 'Sails');
    const { picker } = act({ type: 'list-calendars', subject });
    expect(picker?.choices.map(({ name }) => name)).toEqual(expect.arrayContaining(['Sails']));
    const id = picker?.choices.find(({ name }) => name === 'Sails')?.id ?? '';
    const after = act({ type: 'choose-calendar', subject, calendarId: id });
    expect(after).toMatchObject({ picker: null, notice: { kind: 'good' } });
    const card = cardOf(after, OFFICE);
    expect(card.calendar).toBe('Charters are written to: “Sails”, which is read, too.');
    expect(card.question).toContain('Charters that stand in “Sails” stay there as they are.');
    expect(after.trail[0]?.words).toBe(
      `${OFFICE}: the calendar for its charters was chosen (Sails) · Connected accounts…`,
    );
  });

  it('that is no longer wanted for one thing stays connected for the other', async () => {
    await begin();
    const { subject } = cardOf(connect(OFFICE), OFFICE);
    const after = act({ type: 'drop-purpose', subject, purpose: 'bookings' });
    expect(after.notice?.words).toContain('Read booking mail in it');
    expect(cardOf(after, OFFICE).purposes.map(({ purpose }) => purpose)).toEqual(['send']);
  });

  it('whose record can’t be read is named', async () => {
    await begin();
    purser.appsScript().properties('user', OWNER.email).set('account.1', '{"schema":99}');
    expect(look().problems).toHaveLength(1);
  });
});

describe('an invitation', () => {
  it('gives a link that connects somebody else’s account, and can be withdrawn before', async () => {
    await begin();
    const made = act({ type: 'invite', purposes: ['send'], email: OFFICE });
    expect(made.link).toMatchObject({ way: 'copy' });
    expect(made.link?.words).toContain(OFFICE);
    expect(made.invitations).toHaveLength(1);
    purser.signIn(linkOf(made), { email: OFFICE });
    expect(cardOf(look(), OFFICE).purposes.map(({ purpose }) => purpose)).toEqual(['send']);

    const second = act({ type: 'invite', purposes: ['send'], email: '' });
    const [open] = second.invitations;
    expect(act({ type: 'withdraw', id: open?.id ?? '' }).invitations).toEqual([]);
    expect(purser.signIn(linkOf(second), { email: 'late@mail.example' }).html).not.toContain('Connected');
    expect(look().accounts).toHaveLength(1);
  });

  it('to what is no address, or by an address that is no web app, is not made', async () => {
    await begin();
    expect(act({ type: 'invite', purposes: ['send'], email: 'nobody' })).toMatchObject({
      link: null,
      notice: { kind: 'bad' },
    });
    expect(act({ type: 'set-web-app', url: 'https://evil.example/exec' })).toMatchObject({
      webAppUrl: LOCAL_WEB_APP_URL,
      notice: { kind: 'bad' },
    });
    const url = LOCAL_WEB_APP_URL.replace('AKfycb', 'AKfycc');
    expect(act({ type: 'set-web-app', url })).toMatchObject({ webAppUrl: url, notice: { kind: 'good' } });
  });
});

describe('nobody but the owner', () => {
  it('sees an account or has anything done', async () => {
    await begin({});
    const { subject } = cardOf(connect(OFFICE), OFFICE);
    const mallory = 'mallory@harbor.example';
    for (const view of [look(mallory), act({ type: 'disconnect', subject }, mallory)]) {
      expect(view).toMatchObject({ mayChange: false, accounts: [], trail: [], clientId: null });
      expect(view.notice?.kind).toBe('bad');
      expect(view.notice?.words).toContain(`Ask ${OWNER.email}`);
      expect(textOf(view)).not.toContain(OFFICE);
    }
    act({ type: 'store-client', ...CLIENT }, mallory);
    expect([...purser.appsScript().properties('user', mallory).keys()]).toEqual([]);
    expect(cardOf(look(), OFFICE).state).toBe('connected');
  });
});

describe('before anybody set Purser up', () => {
  it.each([OWNER.email, 'mallory@harbor.example'])(
    '%s is told to do that first, and nothing is done',
    async (who) => {
      await purser.begin({ setUp: false });
      for (const view of [
        look(who),
        act({ type: 'store-client', ...CLIENT }, who),
        act({ type: 'connect', purposes: ['send'] }, who),
      ]) {
        expect(view).toMatchObject({ mayChange: false, accounts: [], link: null, notice: { kind: 'bad' } });
        expect(view.notice?.words).toContain('Choose Purser › Set up… first');
      }
      expect([...purser.appsScript().properties('user', who).keys()]).toEqual([]);
    },
  );
});

describe('what the dialog never sends', () => {
  beforeAll(() => begin());

  it.each([
    [null],
    ['disconnect'],
    [{ type: 'nothing' }],
    [{ type: 'connect', purposes: [] }],
    [{ type: 'connect', purposes: ['everything'] }],
    [{ type: 'disconnect', subject: 7 }],
    [{ type: 'store-client', ...CLIENT, more: true }],
    [{ type: 'test', subject: ['x'] }],
    [{ type: 'reconnect', subject: '404' }],
    [{ type: 'test', subject: '404' }],
    [{ type: 'disconnect', subject: '404' }],
    [{ type: 'drop-purpose', subject: '404', purpose: 'send' }],
    [{ type: 'confirm', id: '404' }],
    [{ type: 'discard', id: '404' }],
  ])('%j is answered in words and changes nothing', (action) => {
    const before = stored();
    const view = call('accountsAct', [action], OWNER.email);
    expect(view).toMatchObject({ mayChange: true, notice: { kind: 'bad' }, link: null });
    expect(stored()).toEqual(before);
  });

  function stored(): unknown {
    const { documentProperties, userProperties } = purser.appsScript().saved();
    return { documentProperties, userProperties };
  }
});

describe('whatever happens', () => {
  it('the accounts can be seen and mended while the workbook can’t be read', async () => {
    await begin({ 'Send from': OFFICE });
    connect(OFFICE);
    await purser.faults({ host: 'sheets.googleapis.com', play: { answer: { status: 403, body: '{}' } } });
    const card = cardOf(look(), OFFICE);
    expect(card.uses).toContain('could not be read');
    await purser.faults();
    await purser.setting('Statement day', 'someday');
    expect(act({ type: 'disconnect', subject: card.subject }).accounts).toEqual([]);
  });

  it('no token, secret or verifier is ever given to the dialog, or logged', async () => {
    await begin();
    connect(OFFICE);
    const store = purser.appsScript().properties('user', OWNER.email);
    const url = linkOf(act({ type: 'connect', purposes: ['send'] }));
    const secrets = [
      LOCAL_OAUTH_CLIENT.clientSecret,
      ...[...store].flatMap(([key, json]) => secretsIn(key, json)),
      ...(await purser.workspace.tokensOf(OFFICE)).refreshTokens.map(({ token }) => token),
    ];
    expect(secrets.length).toBeGreaterThanOrEqual(5);
    const everything = [...given, url, ...purser.appsScript().logs.map((line) => JSON.stringify(line))].join(
      '\n',
    );
    for (const secret of secrets) expect(everything).not.toContain(secret);
  });
});

/** Values that open something, of one property. */
function secretsIn(key: string, json: string): string[] {
  if (key === 'connect.key') return [json];
  if (!json.startsWith('{')) return [];
  const fields = JSON.parse(json) as Record<string, unknown>;
  const names = ['accessToken', 'refreshToken', 'clientSecret', 'verifier'];
  return names.flatMap((name) => (typeof fields[name] === 'string' ? [fields[name]] : []));
}
