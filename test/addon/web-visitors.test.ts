/**
 * A page of the web app gives its visitor `google.script.run`, which reaches every exported function and runs as the
 * owner (developers.google.com/apps-script/guides/html/communication). So each must be harmless in anybody's hands.
 */
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import type { AccountsAction } from '../../src/sidebar/accounts/view.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

const OFFICE = 'office@harbor.example';
const AGENT = 'desk@bookings.example';
const FORGED_TRIGGER = { authMode: 'FULL', triggerUid: '4034124084959907503' };

let purser: Purser;
let subject: string;
let waitingId: string;
let invitationId: string;

beforeAll(async () => {
  purser = await openPurser();
  await purser.begin({ settings: { 'Send from': OFFICE } });
  subject = await purser.connect(OFFICE, ['send', 'bookings']);
  const reconnect = act({ type: 'reconnect', subject });
  const page = purser.signIn(reconnect.link?.url ?? '', { email: AGENT });
  expect(page.html).toContain(OFFICE);
  const { waiting, invitations } = act({ type: 'invite', purposes: ['send'], email: AGENT });
  [waitingId = '', invitationId = ''] = [waiting[0]?.id, invitations[0]?.id];
  expect([waitingId, invitationId]).not.toContain('');
});

function act(action: AccountsAction) {
  return purser.appsScript().call('accountsAct', [action], { as: OWNER.email }) as {
    readonly link: { readonly url: string } | null;
    readonly waiting: readonly { readonly id: string }[];
    readonly invitations: readonly { readonly id: string }[];
  };
}

/** Of every kind, as if the visitor knew all ids. */
function actions(): readonly AccountsAction[] {
  const { clientId } = LOCAL_OAUTH_CLIENT;
  return [
    { type: 'store-client', clientId, clientSecret: 'another-made-up-secret' },
    { type: 'connect', purposes: ['send'] },
    { type: 'reconnect', subject },
    { type: 'invite', purposes: ['send'], email: '' },
    { type: 'disconnect', subject },
    { type: 'drop-purpose', subject, purpose: 'send' },
    { type: 'test', subject },
    { type: 'confirm', id: waitingId },
    { type: 'discard', id: waitingId },
    { type: 'withdraw', id: invitationId },
    { type: 'set-web-app', url: 'https://script.google.com/macros/s/AKfycbAnybodys1234567890/exec' },
  ];
}

const CERTIFIED = { sha256: 'a'.repeat(64), seal: 'b'.repeat(16), name: 'Mallory', sendNow: true };

/** What a visitor may send to each function; every one that `main.ts` exports is here. */
const CALLS: Readonly<Record<string, () => readonly (readonly unknown[])[]>> = {
  acceptFindings: () => [[], ['2026-05']],
  accountsAct: () => actions().map((action) => [action]),
  accountsView: () => [[]],
  approveStatement: () => [[], ['2026-05']],
  authCallback: () => [
    [],
    [{ parameter: { purser: 'e30.e30', code: 'made-up' } }],
    [{ parameter: { error: 'access_denied' } }],
  ],
  changesAfterSending: () => [[], ['2026-05']],
  connectedAccounts: () => [[]],
  continueRun: () => [[], [null], [{}], [{ triggerUid: null }], [FORGED_TRIGGER]],
  doGet: () => [
    [],
    [{ parameter: { invitation: 'e30.e30' } }],
    [{ parameter: { state: 'e30.e30', code: 'made-up' } }],
  ],
  handOver: () => [[], ['mallory@mail.example']],
  monthlyStatement: () => [[], [null], [{}], [{ triggerUid: null }], [FORGED_TRIGGER]],
  onOpen: () => [[]],
  openSidebar: () => [[]],
  previewStatement: () => [[], ['2026-05']],
  sendCorrection: () => [[], ['2026-05']],
  sendCopyOf: () => [[], ['2026-05', 'mallory@mail.example']],
  sendStatement: () => [[], ['2026-05']],
  setUp: () => [[]],
  sidebarAccept: () => [[], ['2026-05', { key: '["crew-unknown",null,null,0]', reason: 'r', name: 'n' }]],
  sidebarAccounts: () => [[]],
  sidebarCheck: () => [[], ['2026-05']],
  sidebarPrepare: () => [[], ['2026-05']],
  sidebarProgress: () => [[]],
  sidebarResolve: () => [[], ['2026-05', 'sent', null], ['2026-05', 'again', CERTIFIED]],
  sidebarSend: () => [[], ['2026-05', CERTIFIED]],
  sidebarView: () => [[], [null], ['2026-05']],
  sidebarMakeAgain: () => [[], ['2026-05', 'Template']],
  sidebarSetUp: () => [[]],
  syncCalendars: () => [[], [null], [{}], [{ triggerUid: null }], [FORGED_TRIGGER]],
  syncCalendarsNow: () => [[]],
  sidebarTest: () => [[], ['settings'], ['folder'], ['test-statement'], ['make-again']],
  tick: () => [[], [null], [{}], [{ triggerUid: 7 }], [{ triggerUid: 'tick' }], [FORGED_TRIGGER]],
};

async function everything(): Promise<unknown> {
  const { random: _random, ids: _ids, ...script } = purser.appsScript().saved();
  return {
    script,
    tabs: await purser.tabs(),
    mails: await purser.mails(),
    files: await purser.files(),
    requests: purser.trace().length,
    shown: purser.appsScript().shown.length,
  };
}

/** What the visitor's browser gets to see. */
function answerOf(name: string, parameters: readonly unknown[], withDocument: boolean): string {
  try {
    const options = { from: 'web-app', as: OWNER.email, withDocument } as const;
    return JSON.stringify(purser.appsScript().call(name, parameters, options)) ?? '';
  } catch (thrown) {
    return String(thrown);
  }
}

test('every exported function is among these', () => {
  expect(Object.keys(CALLS).sort()).toEqual([...purser.appsScript().functions()].sort());
});

describe.each([
  ['has no document, as Google’s pages have it', false],
  ['has the document', true],
])('where a bound script’s web app %s', (_where, withDocument) => {
  // The statement day, late enough for both triggers.
  beforeAll(() => purser.at('2026-06-01', 9));

  test.each(Object.keys(CALLS))('%s called by a visitor changes nothing and tells nothing', async (name) => {
    const before = await everything();
    const answers = (CALLS[name]?.() ?? []).map((parameters) => answerOf(name, parameters, withDocument));
    expect(answers.length).toBeGreaterThan(0);
    expect(await everything()).toEqual(before);
    for (const secret of [
      OWNER.email,
      OFFICE,
      AGENT,
      subject,
      waitingId,
      invitationId,
      LOCAL_OAUTH_CLIENT.clientId,
    ])
      expect(answers.join('\n')).not.toContain(secret);
  });

  test('the dialog’s functions answer with words where to go instead', () => {
    for (const name of ['accountsView', 'accountsAct']) {
      expect(JSON.parse(answerOf(name, [], withDocument))).toMatchObject({
        mayChange: false,
        accounts: [],
        notice: { kind: 'bad', words: expect.stringContaining('in the workbook only') },
      });
    }
  });

  test('a person who chooses a month is asked for by nobody: previews and statements give nothing', () => {
    for (const name of ['previewStatement', 'sendStatement', 'setUp', 'handOver', 'tick', 'monthlyStatement'])
      expect(answerOf(name, [], withDocument)).toBe('null');
  });
});

test('a call of the clock that no trigger of the account made is written to the log', () => {
  answerOf('tick', [FORGED_TRIGGER], true);
  expect(JSON.stringify(purser.appsScript().logs.at(-1))).toContain('not-our-trigger');
});

test('the owner may run what the clock starts from the editor, where there is no event', () => {
  expect(purser.appsScript().run('monthlyStatement', [])).toMatchObject({ month: '2026-05' });
});

test('another account’s trigger, and one that was deleted, fail so that Google tells their owner, and do nothing', () => {
  const script = purser.appsScript();
  const [own] = script.triggers().filter(({ handler }) => handler === 'tick');
  const asOther = { mode: 'trigger', as: 'second@harbor.example' } as const;
  const fired = [{ triggerUid: own?.id }];
  const refused = /None of this account’s triggers started this\. Nothing was done\./;
  expect(() => script.run('tick', fired, asOther)).toThrow(refused);
  const asOwner = { mode: 'trigger', as: OWNER.email } as const;
  expect(() => script.run('monthlyStatement', [FORGED_TRIGGER], asOwner)).toThrow(refused);
  expect(() => script.run('monthlyStatement', fired, asOwner)).not.toThrow();
});
