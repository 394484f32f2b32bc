/** Hand over…: what is lost when a part of it fails, and what stays with the old owner. */
import { accountEntry, accountKey } from '../../src/accounts/account-store.ts';
import { storeAwsKeys, storeAwsRole } from '../../src/accounts/aws-credentials.ts';
import { enterOAuthClient } from '../../src/accounts/enter-client.ts';
import { handOverBy } from '../../src/accounts/hand-over.ts';
import { invitationEntry } from '../../src/accounts/invitation-store.ts';
import { claimOwnership } from '../../src/accounts/trigger-owner.ts';
import { waitingEntry } from '../../src/accounts/waiting-store.ts';
import type { Ui } from '../../src/host/host.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS, OWNER } from '../tools/fake-host.ts';
import { accountOf, EMAIL, HOUR_MS, SUBJECT } from './token-scene.ts';

const NEXT = 'next@blueheron.example';
const DOCK = 'dock@blueheron.example';
const CLIENT = { clientId: 'made-up.apps.googleusercontent.com', clientSecret: 'made-up-client-secret' };
const KEYS = { accessKeyId: 'AKIAMADEUPKEY0000000', secretAccessKey: 'made/up/secret/key/00000' };
const ROLE_ARN = 'arn:aws:iam::111122223333:role/purser-reader';

interface Scene {
  readonly host: FakeHost;
  readonly triggers: string[];
  readonly asked: string[];
  readonly told: string[];
  /** Tokens that Google was asked to revoke. */
  readonly revoked: string[];
  readonly ui: Ui;
  owner(): string | undefined;
}

/** A workbook that is set up, with an account, a client and AWS keys. */
function scene(options: { yes?: boolean; to?: string; revocation?: Answer } = {}): Scene {
  const revoked: string[] = [];
  const answer = ({ body }: { body?: unknown }): Answer => {
    revoked.push(new URLSearchParams(String(body)).get('token') ?? '');
    return options.revocation ?? { status: 200, body: {} };
  };
  const triggers = ['monthly-1', 'hourly-1'];
  const list = () => triggers.map((id) => ({ id, handler: 'tick' }));
  const remove = (id: string): void => void triggers.splice(triggers.indexOf(id), 1);
  const host: FakeHost = { ...fakeHost({ answer }), triggers: () => ({ list, remove, create: () => {} }) };
  claimOwnership(host);
  enterOAuthClient(host, CLIENT);
  storeAwsKeys(host, KEYS);
  host.properties('user').write(accountEntry(accountOf(HOUR_MS)));
  const asked: string[] = [];
  const told: string[] = [];
  const ui: Ui = {
    ask: () => options.to ?? NEXT,
    confirm: (_title, message) => {
      asked.push(message);
      return options.yes ?? true;
    },
    tell: (_title, message) => void told.push(message),
    show: () => {},
    showPage: () => {},
    sidebar: () => {},
  };
  return { host, triggers, asked, told, revoked, ui, owner: () => host.document.get('owner') };
}

/** A connection of another account than expected, which the owner has not decided on. */
function wait(host: FakeHost, sinceMs = NOW_MS): void {
  const reply = {
    accessToken: 'waiting-access',
    tokenType: 'Bearer',
    lifetimeSeconds: 3599,
    refreshToken: 'waiting-refresh',
    refreshTokenLifetimeSeconds: null,
    scopes: [],
    idToken: null,
  } as const;
  const identity = { subject: '900', email: DOCK, emailVerified: true, name: 'Dock' };
  const since = new Date(sinceMs).toISOString();
  host.properties('user').write(
    waitingEntry({
      schema: 1,
      id: 'w1',
      identity,
      reply,
      purposes: ['send'],
      expectedEmail: EMAIL,
      since,
      invitation: null,
    }),
  );
}

/** What is left that opens something. */
function secretsLeft({ host }: Scene): string[] {
  return [...host.user.keys()].filter((key) =>
    /^(account|aws|oauth|connect\.waiting|invitation)\./.test(key),
  );
}

test('everything of the old owner goes after one yes to a question that names it all', () => {
  const one = scene();
  expect(handOverBy(one.host, one.ui)).toBe(NEXT);
  expect(one.owner()).toBe(NEXT);
  expect(one.triggers).toEqual([]);
  expect(one.asked).toHaveLength(1);
  for (const name of [EMAIL, 'OAuth client', 'access key for AWS']) expect(one.asked[0]).toContain(name);
  expect(secretsLeft(one)).toEqual([]);
  expect(one.revoked).toHaveLength(1);
  expect(one.told).toHaveLength(1);
  expect(one.told[0]).toContain(`${NEXT} connects ${EMAIL} again`);
  expect(one.told[0]).not.toContain('Not everything');
});

test('charters in calendars of the old owner’s accounts are said to stay until those are chosen again', () => {
  const one = scene();
  const calendar = { id: 'sails', name: 'Sails' };
  one.host.properties('user').write(accountEntry({ ...accountOf(HOUR_MS), calendar }));
  handOverBy(one.host, one.ui);
  expect(one.told[0]).toContain(`Charters in the calendars of ${EMAIL} stay there as they are until ${NEXT}`);
  const without = scene();
  handOverBy(without.host, without.ui);
  expect(without.told[0]).not.toContain('calendars');
});

test('after a no it all stays, and the owner is told where each is ended by hand', () => {
  const one = scene({ yes: false });
  expect(handOverBy(one.host, one.ui)).toBe(NEXT);
  expect(secretsLeft(one).sort()).toEqual([accountKey(SUBJECT), 'aws.credentials', 'oauth.client']);
  expect(one.revoked).toEqual([]);
  for (const place of ['myaccount.google.com/permissions', 'Google Cloud › Clients', 'IAM › Users'])
    expect(one.told[0]).toContain(place);
});

test('a role in AWS is called a role', () => {
  const one = scene({ yes: false });
  storeAwsRole(
    one.host,
    { roleArn: ROLE_ARN, region: 'us-east-1' },
    {
      accessKeyId: 'ASIAMADEUP0000000000',
      secretAccessKey: 'made-up',
      sessionToken: 'made-up',
      expiresAt: new Date(NOW_MS + HOUR_MS).toISOString(),
    },
  );
  handOverBy(one.host, one.ui);
  expect(one.asked[0]).toContain('the role in AWS');
  expect(one.told[0]).toContain('IAM › Roles');
});

test('where nothing is kept nothing is asked', () => {
  const one = scene();
  one.host.user.clear();
  expect(handOverBy(one.host, one.ui)).toBe(NEXT);
  expect(one.asked).toEqual([]);
});

test('while the next owner can’t be written down nothing is lost', () => {
  const one = scene();
  one.host.keepLockBusy();
  expect(handOverBy(one.host, one.ui)).toBeNull();
  expect(one.owner()).toBe(OWNER);
  expect(one.triggers).toHaveLength(2);
  expect(secretsLeft(one)).toHaveLength(3);
  expect(one.revoked).toEqual([]);
  expect(one.told[0]).toContain('Another run is writing');
});

test('the next owner is written down before anything is taken away', () => {
  const one = scene();
  const { remove, ...triggers } = one.host.triggers();
  const owners: unknown[] = [];
  const host = {
    ...one.host,
    triggers: () => ({
      ...triggers,
      remove: (id: string) => {
        owners.push(one.owner());
        remove(id);
      },
    }),
  };
  handOverBy(host, one.ui);
  expect(owners).toEqual([NEXT, NEXT]);
});

test.each([
  ['the list of triggers', { list: refuse }],
  ['one trigger', { remove: refuse }],
])('when %s fails, it is told where to delete them, and the rest is done', (_what, broken) => {
  const one = scene();
  const host = { ...one.host, triggers: () => ({ ...one.host.triggers(), ...broken }) };
  expect(handOverBy(host, one.ui)).toBe(NEXT);
  expect(one.told[0]).toContain('Not everything could be done');
  expect(one.told[0]).toContain('under Triggers');
  expect(secretsLeft(one)).toEqual([]);
});

function refuse(): never {
  throw new Error('Service error');
}

test('when another run keeps the lock after that, the triggers go all the same, and what is left is told', () => {
  const one = scene();
  const { withLock } = one.host;
  let taken = 0;
  const host: FakeHost = {
    ...one.host,
    withLock: (action) => {
      if (++taken === 2) one.host.keepLockBusy();
      return withLock(action);
    },
  };
  expect(handOverBy(host, one.ui)).toBe(NEXT);
  expect(one.triggers).toEqual([]);
  expect(one.told[0]).toContain(`${EMAIL} could not be disconnected`);
  expect(one.told[0]).toContain('myaccount.google.com/permissions');
  expect(secretsLeft(one)).toEqual([accountKey(SUBJECT)]);
});

test('access that Google would not end is told, with where to end it', () => {
  const one = scene({ revocation: { status: 503, body: 'later' } });
  wait(one.host);
  handOverBy(one.host, one.ui);
  expect(secretsLeft(one)).toEqual([]);
  for (const email of [EMAIL, DOCK]) expect(one.told[0]).toContain(`signed in as ${email}`);
});

test.each([
  ['waits for a decision', NOW_MS, true],
  ['waits for a decision, whatever is said to the question', NOW_MS, false],
  ['waited for longer than a day', NOW_MS - 30 * 24 * HOUR_MS, true],
])('a connection that %s is let go, with its access', (_what, sinceMs, yes) => {
  const one = scene({ yes });
  wait(one.host, sinceMs);
  handOverBy(one.host, one.ui);
  expect(one.host.user.has('connect.waiting.w1')).toBe(false);
  expect(one.revoked).toContain('waiting-refresh');
});

test('an invitation that is open is withdrawn, whatever is said to the question', () => {
  const one = scene({ yes: false });
  const times = {
    createdAt: new Date(NOW_MS).toISOString(),
    expiresAt: new Date(NOW_MS + HOUR_MS).toISOString(),
  };
  const invitation = {
    schema: 1,
    id: 'i1',
    purposes: ['send'],
    email: DOCK,
    company: '',
    workbookUrl: '',
  } as const;
  const more = { by: OWNER, webAppUrl: 'https://web-app.example/exec', ...times, usedAt: null };
  one.host.properties('user').write(invitationEntry({ ...invitation, purposes: ['send'], ...more }));
  handOverBy(one.host, one.ui);
  expect(one.host.user.has('invitation.i1')).toBe(false);
});

test('a record of an account that can’t be read goes, too', () => {
  const one = scene();
  one.host.user.clear();
  one.host.user.set('account.1', '{"schema":99,"refreshToken":"made-up"}');
  handOverBy(one.host, one.ui);
  expect(one.asked[0]).toContain('can’t be read');
  expect(secretsLeft(one)).toEqual([]);
});

test.each(['somebody', '', OWNER, OWNER.toUpperCase()])(
  '“%s” is nobody to hand over to: nothing is changed',
  (to) => {
    const one = scene({ to });
    expect(handOverBy(one.host, one.ui)).toBeNull();
    expect([one.owner(), one.triggers.length, secretsLeft(one).length]).toEqual([OWNER, 2, 3]);
  },
);

test('who is not the owner hands nothing over', () => {
  const one = scene();
  one.host.setUser('sam@blueheron.example');
  expect(handOverBy(one.host, one.ui)).toBeNull();
  expect(one.owner()).toBe(OWNER);
  expect(one.told[0]).toContain(OWNER);
});
