import {
  awsAccess,
  awsKeysProblem,
  awsRoleProblem,
  awsWay,
  storeAwsKeys,
  storeAwsRole,
} from '../../src/accounts/aws-credentials.ts';
import type { CredentialSource } from '../../src/clients/aws/credentials.ts';
import { exchange } from '../../src/clients/exchange.ts';
import { PurserError } from '../../src/host/errors.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { errorOf, fakeHost, NOW_MS } from '../tools/fake-host.ts';

const KEYS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const ROLE = { roleArn: 'arn:aws:iam::123456789012:role/purser-reader', region: 'us-east-1' };
const IDENTITY = 'eyJh.eyJz.c2ln';
const SECRETS = /wJalr|AKIAIOS|ASIA|secret-|token-|eyJ/;

/** The session that the token service gives as its `number`th, good for an hour. */
function session(number: number, leftMs = 3_600_000) {
  return {
    accessKeyId: `ASIA${String(number).padStart(16, '0')}`,
    secretAccessKey: `secret-${number}`,
    sessionToken: `token-${number}`,
    expiresAt: new Date(NOW_MS + leftMs).toISOString(),
  };
}

function given(number: number): Answer {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session(number);
  const body = `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><SessionToken>${sessionToken}</SessionToken><SecretAccessKey>${secretAccessKey}</SecretAccessKey><Expiration>${expiresAt}</Expiration><AccessKeyId>${accessKeyId}</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
  return { status: 200, body };
}

const DENIED: Answer = {
  status: 403,
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>No</Message></Error></ErrorResponse>',
};

/** A person's script; the token service answers in order, the last answer again and again. */
function keyless(answers: readonly Answer[], identity: string | null = IDENTITY): FakeHost {
  const host = fakeHost({ answer: (_, index) => answers[Math.min(index, answers.length - 1)] ?? DENIED });
  return Object.assign(host, { identityToken: () => identity });
}

function withSession(host: FakeHost, leftMs: number): FakeHost {
  storeAwsRole(host, ROLE, session(1, leftMs));
  return host;
}

/** As a run does: the call goes out with others, and then the credentials are asked for. */
function open(host: FakeHost, otherRegion: string | null = null): CredentialSource {
  const access = awsAccess(host, host.properties('user').readAll());
  const { call } = exchange(host, { call: access.call });
  return access.credentials(call, [otherRegion]);
}

/** Only this region’s token service gives a session; the others answer so. */
function serving(region: string, otherwise: Answer, leftMs = 0): FakeHost {
  const host = fakeHost({ answer: ({ url }) => (url.includes(region) ? given(3) : otherwise) });
  return withSession(Object.assign(host, { identityToken: () => IDENTITY }), leftMs);
}

function urls(host: FakeHost): string[] {
  return host.rounds.flat().map(({ url }) => url);
}

function kept(host: FakeHost): unknown {
  const json = host.user.get('aws.session');
  return json === undefined ? null : (JSON.parse(json) as { sessionToken: unknown }).sessionToken;
}

describe('access keys', () => {
  test('come back as stored, from the user’s own properties, and nothing is asked', () => {
    const host = keyless([]);
    storeAwsKeys(host, KEYS);
    expect(open(host).current()).toEqual(KEYS);
    expect(host.rounds).toEqual([]);
    expect(host.document.size).toBe(0);
  });

  test('stored by the version that knew nothing else are read, with a session token too', () => {
    const host = keyless([]);
    host.user.set('aws.credentials', JSON.stringify({ schema: 1, ...KEYS }));
    expect(open(host).current()).toEqual(KEYS);
    host.user.set('aws.credentials', JSON.stringify({ schema: 1, ...KEYS, sessionToken: 'token' }));
    expect(open(host).current()).toEqual({ ...KEYS, sessionToken: 'token' });
  });

  test('take the place of a role, whose session goes', () => {
    const host = withSession(keyless([]), 3_600_000);
    storeAwsKeys(host, KEYS);
    expect(open(host).current()).toEqual(KEYS);
    expect(kept(host)).toBeNull();
  });

  test('can’t be renewed: what is refused stays refused', () => {
    const host = keyless([]);
    storeAwsKeys(host, KEYS);
    expect(open(host).renew).toBeUndefined();
  });
});

describe('a role', () => {
  test('gives a session, which is written before anybody gets it', () => {
    const host = withSession(keyless([given(2)]), 0);
    expect(open(host).current()).toEqual(session(2));
    expect(kept(host)).toBe('token-2');
    expect(open(host).current()).toEqual(session(2));
    expect(urls(host)).toEqual(['https://sts.us-east-1.amazonaws.com/']);
    const asked = new URLSearchParams(String(host.rounds[0]?.[0]?.body));
    expect(asked.get('WebIdentityToken')).toBe(IDENTITY);
    expect(asked.get('RoleSessionName')).toBe('purser-nora@blueheron.example');
  });

  test('a session that can’t be written is not used', () => {
    const host = withSession(keyless([given(2)]), 0);
    const access = awsAccess(host, host.properties('user').readAll());
    const { call } = exchange(host, { call: access.call });
    host.breakProperties(new PurserError('unexpected', { what: 'Broken.', now: '' }));
    expect(errorOf(() => access.credentials(call, [])).what).toBe('Broken.');
  });

  test('its session is used while it is good for five more minutes, and renewed from then on', () => {
    const long = withSession(keyless([given(2)]), 300_000);
    expect(open(long).current()).toEqual(session(1, 300_000));
    expect(long.rounds).toEqual([]);
    const short = withSession(keyless([given(2)]), 299_999);
    expect(open(short).current()).toEqual(session(2));
  });

  test.each([
    ['does not answer', 'unreachable'],
    ['answers with a page', { status: 200, body: '<html></html>' }],
    ['is throttled', { status: 429, body: '' }],
    ['fails', { status: 503, body: '<html></html>' }],
  ] as const)(
    'when AWS %s, a session that is good for a minute still serves, and nothing is cleared',
    (_, answer) => {
      const host = withSession(keyless([answer]), 200_000);
      const before = host.user.get('aws.session');
      expect(open(host).current()).toMatchObject({ sessionToken: 'token-1' });
      expect(host.user.get('aws.session')).toBe(before);
      const spent = withSession(keyless([answer]), 59_000);
      expect(['unavailable', 'malformed']).toContain(errorOf(() => open(spent)).kind);
      expect(kept(spent)).toBe('token-1');
    },
  );

  test('that AWS refuses is told, even when its last session is still good for a while', () => {
    const host = withSession(keyless([DENIED]), 200_000);
    expect(errorOf(() => open(host)).code).toBe('aws-role-refused');
    expect(kept(host)).toBe('token-1');
  });

  test('whose region is out of reach gets its session from the other one', () => {
    const host = withSession(
      Object.assign(
        fakeHost({ answer: ({ url }) => (url.includes('us-west-2') ? given(3) : { status: 503, body: '' }) }),
        { identityToken: () => IDENTITY },
      ),
      0,
    );
    expect(open(host, 'us-west-2').current()).toEqual(session(3));
    expect(urls(host).at(-1)).toBe('https://sts.us-west-2.amazonaws.com/');
    const refused = withSession(keyless([DENIED]), 0);
    expect(errorOf(() => open(refused, 'us-west-2')).code).toBe('aws-role-refused');
    expect(urls(refused)).toHaveLength(1);
  });

  test.each([
    ['can’t be reached', 'unreachable'],
    [
      'has a token service that the account must activate first',
      {
        status: 403,
        body: '<ErrorResponse><Error><Code>RegionDisabledException</Code></Error></ErrorResponse>',
      },
    ],
  ] as const)(
    'whose region %s is served by any other of the settings, which is asked first from then on',
    (_, no) => {
      const host = serving('eu-west-1', no);
      const access = awsAccess(host, host.properties('user').readAll());
      const { call } = exchange(host, { call: access.call });
      const source = access.credentials(call, [null, 'us-east-1', 'us-west-2', 'eu-west-1']);
      expect(source.current()).toEqual(session(3));
      expect(awsWay(host.properties('user').readAll())).toMatchObject({ way: 'role', region: 'eu-west-1' });
      host.user.delete('aws.session');
      const before = urls(host).length;
      open(host);
      expect(urls(host).slice(before)).toEqual(['https://sts.eu-west-1.amazonaws.com/']);
    },
  );

  test('that was replaced in Set up… meanwhile is not put back by a run that asked another region', () => {
    const host = serving('us-west-2', 'unreachable');
    const access = awsAccess(host, host.properties('user').readAll());
    const { call } = exchange(host, { call: access.call });
    storeAwsKeys(host, KEYS);
    access.credentials(call, ['us-west-2']);
    expect(awsWay(host.properties('user').readAll())).toMatchObject({ way: 'keys' });
  });

  test('another role’s session, and one that can’t be read, are not used', () => {
    const host = withSession(keyless([given(2)]), 3_600_000);
    const other = { ...ROLE, roleArn: 'arn:aws:iam::123456789012:role/other', schema: 2, way: 'role' };
    host.user.set('aws.credentials', JSON.stringify(other));
    expect(open(host).current()).toEqual(session(2));
    const torn = withSession(keyless([given(2)]), 3_600_000);
    torn.user.set('aws.session', '{"accessKeyId":"ASIA');
    expect(open(torn).current()).toEqual(session(2));
  });

  test('without Google’s identity token says which permission lacks, and asks AWS nothing', () => {
    const host = withSession(keyless([given(2)], null), 0);
    const error = errorOf(() => open(host));
    expect(error).toMatchObject({ code: 'authorization-partial', kind: 'setup' });
    expect(error.message).toContain('openid');
    expect(host.rounds).toEqual([]);
  });
});

describe('a session that AWS refuses in the middle of a run', () => {
  test('is replaced by another region’s when the role’s can’t be reached', () => {
    const host = serving('us-west-2', 'unreachable', 3_600_000);
    const source = open(host, 'us-west-2');
    source.renew?.(source.current());
    expect(source.current()).toEqual(session(3));
    expect(kept(host)).toBe('token-3');
  });

  test('is replaced once, however many requests were refused with it', () => {
    const host = withSession(keyless([given(2)]), 3_600_000);
    const source = open(host);
    const refused = source.current();
    source.renew?.(refused);
    source.renew?.(refused);
    expect(source.current()).toEqual(session(2));
    expect(kept(host)).toBe('token-2');
    expect(host.rounds).toHaveLength(1);
  });

  test('is not replaced twice: a role that is gone is told', () => {
    const host = withSession(keyless([given(2), given(3)]), 3_600_000);
    const source = open(host);
    source.renew?.(source.current());
    expect(errorOf(() => source.renew?.(source.current())).code).toBe('aws-credentials-refused');
    expect(host.rounds).toHaveLength(1);
  });

  test('is dropped even when there is no other, so that the next run does not try it again', () => {
    const host = withSession(keyless([DENIED]), 3_600_000);
    const source = open(host);
    expect(errorOf(() => source.renew?.(source.current())).code).toBe('aws-role-refused');
    expect(kept(host)).toBeNull();
  });
});

test('no secret is logged, whatever happens', () => {
  const host = withSession(keyless([{ status: 503, body: '' }]), 200_000);
  const source = open(host);
  errorOf(() => source.renew?.(source.current()));
  expect(host.logged.length).toBeGreaterThan(2);
  expect(JSON.stringify(host.logged)).not.toMatch(SECRETS);
});

test('without anything stored the way to enter it is said', () => {
  const error = errorOf(() => open(keyless([])));
  expect(error).toMatchObject({ code: 'aws-credentials-missing', kind: 'setup' });
  expect(error.now).toContain('Set up');
});

test.each([
  `{"schema":1,"accessKeyId":"${KEYS.accessKeyId}","secretAccessKey":"${KEYS.secretAccessKey}"`,
  JSON.stringify({ schema: 3, way: 'keys', ...KEYS }),
  JSON.stringify({ schema: 2, ...KEYS }),
  JSON.stringify({ schema: 2, way: 'keys', ...KEYS, accessKeyId: 'lower' }),
  JSON.stringify({ schema: 2, way: 'role', ...ROLE, roleArn: KEYS.secretAccessKey }),
  KEYS.secretAccessKey,
])('what can’t be read is an error without a piece of it (%#)', (stored) => {
  const host = keyless([]);
  host.user.set('aws.credentials', stored);
  expect(awsWay(host.properties('user').readAll())).toBeNull();
  const error = errorOf(() => open(host));
  expect(error.code).toBe('aws-credentials-missing');
  expect(JSON.stringify([error.message, error.data, error.stack, String(error.cause)])).not.toMatch(SECRETS);
  expect(host.logged).toEqual([]);
});

test('typed keys are judged before they are stored, without repeating them', () => {
  expect(awsKeysProblem(KEYS.accessKeyId, KEYS.secretAccessKey)).toBeNull();
  const bad = [
    ['akiaiosfodnn7example', KEYS.secretAccessKey],
    ['', KEYS.secretAccessKey],
    [KEYS.accessKeyId, 'short'],
    [KEYS.accessKeyId, `${KEYS.secretAccessKey} `],
    [KEYS.accessKeyId, `${KEYS.secretAccessKey}\n`],
  ] as const;
  for (const [id, secret] of bad) {
    const problem = awsKeysProblem(id, secret);
    expect(problem).toMatch(/^A/);
    expect(problem).not.toMatch(/wJalr|short|EXAMPLE/i);
  }
});

test('a typed role is judged by its form', () => {
  for (const good of [ROLE.roleArn, 'arn:aws-us-gov:iam::123456789012:role/a/b+c=d,e.f@g-h_i']) {
    expect(awsRoleProblem(good)).toBeNull();
  }
  for (const bad of [
    'arn:aws:iam::12345:role/x',
    'arn:aws:iam::123456789012:user/x',
    'arn:aws-cn:iam::123456789012:role/x',
    `${ROLE.roleArn}\n`,
    'arn:aws:iam::123456789012:role/',
  ]) {
    expect(awsRoleProblem(bad)).toMatch(/looks like arn:/);
  }
});
