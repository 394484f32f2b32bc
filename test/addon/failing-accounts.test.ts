/** Accounts that are there but can’t be used as they are: who is told, and what puts it right, through the built bundle. */
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import type { AccountsAction, AccountsView } from '../../src/sidebar/accounts/view.ts';
import type { Purser } from '../tools/purser.ts';
import type { Scene } from '../tools/scene.ts';
import { handMail, OWNER } from '../tools/scene.ts';
import type { Mail } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const OFFICE = 'office@harbor.example';
const AGENT = 'desk@bookings.example';
const HOUR_MS = 3_600_000;
const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

async function begin(settings: Scene['settings']): Promise<void> {
  await purser.begin({ settings: { 'Statement day': '10', ...settings } });
  await purser.workspace.oauth({});
  purser.at('2026-06-03', 9);
  act({ type: 'store-client', clientId, clientSecret });
}

function act(action: AccountsAction): AccountsView {
  return purser.appsScript().call('accountsAct', [action], { as: OWNER.email }) as AccountsView;
}

function ticks(hours: number, everyHours = 1): void {
  for (let gone = 0; gone < hours; gone += everyHours) {
    purser.clock.advance(everyHours * HOUR_MS);
    purser.trigger('tick');
  }
}

async function notices(subject: string): Promise<readonly Mail[]> {
  return (await purser.mails('notice')).filter((mail) => mail.subject.includes(subject));
}

/** The owner follows a link of the dialog, as that account. @returns what Google was asked for */
function follow({ link, notice }: AccountsView): string {
  expect(purser.signIn(link?.url ?? String(notice?.words), { email: OFFICE }).title).toBe(
    'Purser: Connected',
  );
  return new URL(link?.url ?? '').searchParams.get('scope') ?? '';
}

describe('a renewal that Google refuses by a policy', () => {
  it('is told every day with the job that fails and what to do, costs no token, and not once it is mended', async () => {
    await begin({ 'Send from': OFFICE });
    const subject = await purser.connect(OFFICE, ['send']);
    const { refreshToken } = purser.account(subject);
    await purser.workspace.oauth({ answer: 'policy' });
    ticks(6);
    const [notice, ...more] = await notices('can’t be renewed');
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      subject: `Purser: access to ${OFFICE} can’t be renewed`,
      to: [OWNER.email],
    });
    expect(notice?.text).toContain(`May 2026’s statement can’t be sent from ${OFFICE}.`);
    expect(notice?.text).toContain('API controls');
    expect(notice?.text).not.toContain('nothing is lost');
    ticks(24, 4);
    expect(await notices('can’t be renewed')).toHaveLength(2);
    await purser.workspace.oauth({});
    ticks(48, 8);
    expect(await notices('can’t be renewed')).toHaveLength(2);
    expect(purser.account(subject)).toMatchObject({ refreshToken, dead: null, lastError: null });
  });
});

describe('trouble at Google', () => {
  it('that lasts longer than a day is told once', async () => {
    await begin({ 'Send from': OFFICE });
    await purser.connect(OFFICE, ['send']);
    await purser.workspace.oauth({ answer: 'html-503' });
    ticks(23, 2);
    expect(await notices('can’t be renewed')).toEqual([]);
    ticks(72, 4);
    const [notice, ...more] = await notices('can’t be renewed');
    expect(more).toEqual([]);
    expect(notice?.text).toContain('nothing is lost');
    expect(notice?.text).toContain(`If it stays so: May 2026’s statement can’t be sent from ${OFFICE}.`);
  });
});

it('accounts without the client that renews them are told of', async () => {
  await begin({ 'Send from': OFFICE });
  await purser.connect(OFFICE, ['send']);
  purser.appsScript().properties('user', OWNER.email).delete('oauth.client');
  ticks(6);
  const [notice, ...more] = await notices('no OAuth client');
  expect(more).toEqual([]);
  expect(notice?.text).toContain(`Purser can’t use ${OFFICE}.`);
});

describe('an account that a setting needs for more than it is connected for', () => {
  it('is connected for that, too, by Reconnect, as the error says, and the statement goes out', async () => {
    await purser.begin({ sent: [], settings: { 'Send from': OFFICE } });
    await purser.workspace.oauth({});
    await purser.deliver(handMail('2026-04').replace(/^From: .*$/m, `From: ${OFFICE}`), ['SENT'], OFFICE);
    act({ type: 'store-client', clientId, clientSecret });
    follow(act({ type: 'connect', purposes: ['bookings'] }));
    const { error } = purser.send();
    expect(error?.code).toBe('account-scope-missing');
    expect(error?.message).toContain(`${OFFICE} is connected, but not for sending.`);
    expect(error?.message).toContain('Purser › Connected accounts… › Reconnect');
    const [card] = act({ type: 'test', subject: 'none' }).accounts;
    expect(follow(act({ type: 'reconnect', subject: card?.subject ?? '' }))).toContain('gmail.send');
    expect(purser.send()).toMatchObject({ status: 'sent', from: { address: OFFICE } });
  });

  it('and of which nobody knows what it was for is asked for all that can be chosen', async () => {
    await begin({});
    const subject = '108000000000000000001';
    const old = { sub: subject, email: OFFICE, refresh_token: 'r', access_token: 'a' };
    purser.appsScript().properties('user', OWNER.email).set(`account.${subject}`, JSON.stringify(old));
    const { link } = act({ type: 'reconnect', subject });
    const asked = new URL(link?.url ?? '').searchParams.get('scope');
    expect(asked).toContain('gmail.send');
    expect(asked).toContain('gmail.readonly');
  });
});

it('an account that was stopped for booking mail is not read any more, and the trail says who stopped it', async () => {
  await begin({ 'Booking mail from': OFFICE, 'Booking agent': AGENT });
  follow(act({ type: 'connect', purposes: ['bookings'] }));
  const [card] = act({ type: 'test', subject: 'none' }).accounts;
  const view = act({ type: 'drop-purpose', subject: card?.subject ?? '', purpose: 'bookings' });
  expect(view.trail[0]?.words).toBe(
    `${OFFICE}: no longer used for one thing (bookings) · Connected accounts…`,
  );
  const before = purser.trace().length;
  expect(JSON.stringify(purser.preview())).toContain('not for reading booking mail');
  const asked = purser.trace().slice(before);
  const token = purser.account(card?.subject ?? '').accessToken;
  expect(asked.some(({ request }) => request.headers.Authorization === `Bearer ${token}`)).toBe(false);
});

it('another client than the accounts were connected with is kept with a warning that names both', async () => {
  await begin({});
  follow(act({ type: 'connect', purposes: ['send'] }));
  const other = { clientId: 'other.apps.googleusercontent.com', clientSecret: 'another-secret' };
  const { notice } = act({ type: 'store-client', ...other });
  expect(notice?.kind).toBe('bad');
  expect(notice?.words).toContain(`${OFFICE} was connected with another one: ${clientId}.`);
  expect(act({ type: 'store-client', clientId, clientSecret }).notice?.kind).toBe('good');
});
