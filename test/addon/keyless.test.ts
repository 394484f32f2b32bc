/** A month without a key: as a role in AWS, in exchange for Google’s identity token. */
import { readFileSync } from 'node:fs';
import { LOCAL_SCRIPT_CLIENT_ID } from '../../scripts/local/aws/identity.ts';
import type { Fault } from '../../scripts/local/contract.ts';
import { subjectOf } from '../../scripts/local/google/oauth-accounts.ts';
import { harOf } from '../../scripts/local/trace.ts';
import { LOCAL_KEYS, LOCAL_ROLE_ARN, localRole } from '../../scripts/local/workspace.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

const manifest = JSON.parse(readFileSync('appsscript.json', 'utf8')) as { oauthScopes: string[] };
const HOUR_MS = 3_600_000;
const STS = 'https://sts.us-east-1.amazonaws.com/';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

function mine(): Map<string, string> {
  return purser.appsScript().properties('user', OWNER.email);
}

function session(): { accessKeyId: string; secretAccessKey: string; sessionToken: string } {
  return JSON.parse(mine().get('aws.session') ?? 'null');
}

/** Requests of what `action` does, as `round host`. */
function asked(
  action: () => unknown,
): { readonly round: number; readonly url: string; readonly key: string }[] {
  const from = purser.trace().length;
  action();
  const exchanges = purser.trace().slice(from);
  const first = exchanges[0]?.round ?? 0;
  return exchanges.map(({ round, request }) => ({
    round: round - first,
    url: request.url,
    key:
      /Credential=(\w+)/.exec(request.headers.authorization ?? request.headers.Authorization ?? '')?.[1] ??
      '',
  }));
}

function refuse(awsError: string, more: Partial<Fault> = {}): Fault {
  return {
    host: 'dynamodb.',
    play: {
      answer: { status: 400, body: JSON.stringify({ __type: `com.amazon.coral.service#${awsError}` }) },
    },
    ...more,
  };
}

/** As the token service writes it. */
function stsAnswer(status: number, code: string): Fault['play'] {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>${code}</Code></Error></ErrorResponse>`;
  return { answer: { status, body } };
}

/** Runs Set up… with these answers to what it asks about AWS. */
function enter(...texts: string[]): { good: string[]; problems: string[] } {
  return purser.setUp({
    answers: ({ kind, title, buttons }) => {
      if (title !== 'AWS') return null;
      if (kind === 'prompt') return { button: 'OK', text: texts.shift() ?? '' };
      return { button: buttons.includes('YES') ? 'YES' : 'OK' };
    },
  });
}

function lastPage(): string {
  return JSON.stringify(purser.appsScript().shown.at(-1)).replace(/&quot;/g, '"');
}

describe('a month without a key', () => {
  it('is sent, and nothing that AWS would take for long is kept', async () => {
    await purser.begin({ setUpAnew: true });
    expect(JSON.parse(mine().get('aws.credentials') ?? '')).toEqual({
      schema: 2,
      way: 'role',
      roleArn: LOCAL_ROLE_ARN,
      region: 'us-east-1',
    });
    expect([...mine().values()].join()).not.toContain(LOCAL_KEYS.accessKeyId);
    const requests = asked(() => expect(purser.send().status).toBe('sent'));
    const keys = requests.flatMap(({ url, key }) => (url.includes('dynamodb.') ? [key] : []));
    expect(new Set(keys)).toEqual(new Set([session().accessKeyId]));
    expect(session().accessKeyId).toMatch(/^ASIA/);
  });

  it('asks for a session beside the workbook’s tabs, and needs no round more', async () => {
    await purser.begin({ setUpAnew: true });
    const before = asked(() => purser.preview());
    purser.clock.advance(HOUR_MS);
    const after = asked(() => purser.preview());
    expect(before.some(({ url }) => url === STS)).toBe(false);
    expect(after.filter(({ url }) => url === STS).map(({ round }) => round)).toEqual([0]);
    expect(Math.max(...after.map(({ round }) => round))).toBe(Math.max(...before.map(({ round }) => round)));
    expect(purser.send().status).toBe('sent');
  });

  it('goes on when its session ends on the way, with another one for all requests', async () => {
    await purser.begin({ setUpAnew: true });
    const old = session();
    await purser.faults(refuse('ExpiredTokenException', { times: 3 }));
    const requests = asked(() => expect(purser.send().status).toBe('sent'));
    expect(requests.filter(({ url }) => url === STS)).toHaveLength(1);
    expect(session().accessKeyId).not.toBe(old.accessKeyId);
  });

  it('goes on when the role was made anew in IAM, which ends the sessions of the old one', async () => {
    await purser.begin({ setUpAnew: true });
    await purser.workspace.forgetSessions();
    const requests = asked(() => expect(purser.send().status).toBe('sent'));
    expect(requests.filter(({ url }) => url === STS)).toHaveLength(1);
  });

  it('stops before anything is posted when DynamoDB takes no session at all', async () => {
    await purser.begin({ setUpAnew: true });
    await purser.faults(refuse('UnrecognizedClientException'));
    const requests = asked(() =>
      expect(purser.send()).toMatchObject({ status: 'failed', error: { code: 'aws-credentials-refused' } }),
    );
    expect(requests.filter(({ url }) => url === STS)).toHaveLength(1);
    expect(await purser.titles()).not.toContain('May 2026');
  });

  it('stops before anything is posted when the role no longer trusts the person, and goes on once it does', async () => {
    await purser.begin({ setUpAnew: true });
    await purser.workspace.setRoles([localRole([])]);
    purser.clock.advance(HOUR_MS);
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'aws-role-refused' } });
    expect(report.error?.message).toMatch(/purser-local.*trust policy/);
    expect(await purser.titles()).not.toContain('May 2026');
    await purser.workspace.setRoles([localRole([OWNER.email])]);
    expect(purser.send().status).toBe('sent');
  });

  it.each([
    ['is throttled', stsAnswer(400, 'Throttling')],
    ['can’t reach Google', stsAnswer(400, 'IDPCommunicationError')],
    ['answers with a page', { answer: { status: 503, body: '<html>Service Unavailable</html>' } }],
    ['breaks off', { halve: true }],
    ['can’t be reached', { unreachable: true }],
  ] as const)('waits when the token service %s', async (_, play) => {
    await purser.begin({ setUpAnew: true });
    purser.clock.advance(HOUR_MS);
    await purser.faults({ host: 'sts.us-east-1', times: 1, play });
    expect(purser.send().status).toBe('sent');
  });

  it('is sent with a session of the other region while the first one’s token service is down', async () => {
    await purser.begin({ setUpAnew: true });
    purser.clock.advance(HOUR_MS);
    await purser.faults({ host: 'sts.us-east-1', play: { answer: { status: 503, body: '' } } });
    expect(purser.send().status).toBe('sent');
    expect(session().accessKeyId).toMatch(/^ASIA/);
  });

  it('is sent with what is left of a session while no token service answers', async () => {
    await purser.begin({ setUpAnew: true });
    purser.clock.advance(HOUR_MS - 3 * 60_000);
    const kept = mine().get('aws.session');
    await purser.faults({ host: 'sts.', play: { answer: { status: 503, body: '' } } });
    expect(purser.send().status).toBe('sent');
    expect(mine().get('aws.session')).toBe(kept);
  });

  it('says that a permission lacks when Google gives no identity token', async () => {
    await purser.begin({ setUpAnew: true });
    purser.clock.advance(HOUR_MS);
    const granted = manifest.oauthScopes.filter((scope) => scope !== 'openid');
    await purser.workspace.grantScopes(OWNER.email, granted);
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'authorization-partial' } });
    expect(await purser.titles()).not.toContain('May 2026');
  });

  it('leaves no secret in a log, a report, a cell or the trace', async () => {
    await purser.begin({ setUpAnew: true });
    const first = session();
    purser.clock.advance(HOUR_MS);
    await purser.faults(refuse('ExpiredTokenException', { times: 1 }));
    const report = purser.send();
    const second = session();
    const har = JSON.stringify(harOf(purser.trace(), { version: '0' }));
    const cells = JSON.stringify((await purser.tabs()).map(({ cells: of }) => of));
    const page = purser.appsScript().shown.map((one) => JSON.stringify(one));
    expect(har).toContain('"url":"https://sts.us-east-1.amazonaws.com/"');
    const told = [har, cells, JSON.stringify([report, purser.appsScript().logs, page])].join();
    for (const { secretAccessKey, sessionToken } of [first, second]) {
      expect(told).not.toContain(secretAccessKey);
      expect(told).not.toContain(sessionToken);
    }
    // What every token of the local Google begins with.
    expect(told).not.toContain(purser.workspace.identityToken(OWNER.email).slice(0, 30));
  });
});

describe('a month with an access key', () => {
  it('is sent, and the token service is never asked', async () => {
    await purser.begin({ aws: 'keys', setUpAnew: true });
    const requests = asked(() => expect(purser.send().status).toBe('sent'));
    expect(purser.trace().some(({ request }) => request.url === STS)).toBe(false);
    expect(requests.find(({ url }) => url.includes('dynamodb.'))?.key).toBe(LOCAL_KEYS.accessKeyId);
    expect(mine().has('aws.session')).toBe(false);
  });
});

describe('Set up…', () => {
  it('shows the trust policy of this script and person, ready to paste, when there is no role yet', async () => {
    await purser.begin({ setUp: false });
    const { problems } = enter('');
    expect(problems.join()).toContain('neither a role in AWS nor AWS keys');
    const page = lastPage();
    for (const words of ['accounts.google.com:aud', LOCAL_SCRIPT_CLIENT_ID, subjectOf(OWNER.email)])
      expect(page).toContain(words);
    expect(page).not.toContain('oaud');
  });

  it('shows no policy when the role works, or keys are there', async () => {
    await purser.begin({ setUpAnew: true });
    expect(lastPage()).not.toContain('sts:AssumeRoleWithWebIdentity');
    await purser.begin({ aws: 'keys', setUpAnew: true });
    expect(lastPage()).not.toContain('sts:AssumeRoleWithWebIdentity');
  });

  it('tries a role at once, says what AWS refused, and keeps nothing of it', async () => {
    await purser.begin({ setUp: false });
    await purser.workspace.setRoles([]);
    const { problems } = enter(LOCAL_ROLE_ARN);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/does not let Purser act as.*Nothing was stored/);
    expect(lastPage()).toContain('sts:AssumeRoleWithWebIdentity');
    expect(mine().has('aws.credentials')).toBe(false);
    expect((await purser.files()).length).toBe(5);
  });

  it('keeps the keys that work when a role that is entered does not', async () => {
    await purser.begin({ aws: 'keys', setUpAnew: true });
    await purser.workspace.setRoles([]);
    const { problems, good } = enter(LOCAL_ROLE_ARN);
    expect(problems[0]).toContain('What was stored before stays.');
    expect(good.join()).toContain('Table crew-dispatch in us-east-1 can be read.');
    expect(enter('arn:aws:iam::1:role/x').problems).toEqual([]);
    expect(purser.send().status).toBe('sent');
  });

  it('chosen again, tells that the role no longer works', async () => {
    await purser.begin({ setUpAnew: true });
    await purser.workspace.setRoles([]);
    const { problems } = purser.setUp({
      answers: ({ title }) => (title === 'AWS' ? { button: 'NO' } : null),
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('AccessDenied');
    expect(lastPage()).toContain('sts:AssumeRoleWithWebIdentity');
  });

  it('never shows what was entered', async () => {
    await purser.begin({ setUp: false });
    const suggested: string[] = [];
    purser.setUp({
      aws: 'keys',
      answers: (question) => {
        suggested.push(JSON.stringify(question));
        return null;
      },
    });
    purser.setUp({
      answers: (question) => {
        suggested.push(JSON.stringify(question));
        return null;
      },
    });
    const dialogs = purser.appsScript().shown.map((one) => JSON.stringify({ ...one, answer: null }));
    const shown = [...suggested, ...dialogs].join();
    expect(shown).toContain('secret access key');
    expect(shown).not.toContain(LOCAL_KEYS.accessKeyId);
    expect(shown).not.toContain(LOCAL_KEYS.secretAccessKey);
    expect(shown).not.toContain(LOCAL_ROLE_ARN);
  });

  it('lists who may edit the workbook, and warns of a link with which anyone may', async () => {
    await purser.begin({ setUpAnew: true });
    expect(enter(LOCAL_ROLE_ARN).good.join()).toContain(`read what it keeps: ${OWNER.email} (owner).`);
    await purser.workspace.shareWorkbook([
      { type: 'user', role: 'owner', emailAddress: OWNER.email },
      { type: 'user', role: 'writer', emailAddress: 'kai@harbor.example' },
      { type: 'user', role: 'reader', emailAddress: 'reader@partner.example' },
      { type: 'domain', role: 'writer', domain: 'harbor.example' },
      { type: 'anyone', role: 'writer' },
    ]);
    const { good, problems } = enter(LOCAL_ROLE_ARN);
    expect(good.join()).toContain(`${OWNER.email} (owner), kai@harbor.example, everybody at harbor.example.`);
    expect(problems.join()).toMatch(/Anyone with the link may edit/);
    expect(good.join()).not.toContain('reader@');
  });
});
