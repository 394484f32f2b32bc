/** “Set up…” and AWS: what works is not lost, and what is missing is named. */
import type { Fault } from '../../scripts/local/contract.ts';
import { LOCAL_KEYS, LOCAL_ROLE_ARN } from '../../scripts/local/workspace.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

const HOUR_MS = 3_600_000;
const WRONG_KEYS = ['AKIAWRONG00000000000', 'wrong/secret/key/0000000000000000000000'] as const;
const GOOD_KEYS = [LOCAL_KEYS.accessKeyId, LOCAL_KEYS.secretAccessKey] as const;
const STS_EXPIRED: Fault['play'] = {
  answer: {
    status: 400,
    body: '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>ExpiredTokenException</Code></Error></ErrorResponse>',
  },
};

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

function mine(): Map<string, string> {
  return purser.appsScript().properties('user', OWNER.email);
}

function kept(): { way?: string; region?: string; accessKeyId?: string } {
  return JSON.parse(mine().get('aws.credentials') ?? 'null');
}

/** Chooses Set up… and types these into its questions about AWS; null presses Cancel. */
function enter(...texts: (string | null)[]): { good: string[]; problems: string[] } {
  return purser.setUp({
    answers: ({ kind, title, buttons }) => {
      if (title !== 'AWS') return null;
      if (kind !== 'prompt') return { button: buttons.includes('YES') ? 'YES' : 'OK' };
      const text = texts.shift() ?? null;
      return text === null ? { button: 'CANCEL' } : { button: 'OK', text };
    },
  });
}

/** Chooses Set up… and keeps what is there for AWS. */
function setUpAgain(): { good: string[]; problems: string[] } {
  return purser.setUp({ answers: ({ title }) => (title === 'AWS' ? { button: 'NO' } : null) });
}

function lastPage(): string {
  return JSON.stringify(purser.appsScript().shown.at(-1)).replace(/&quot;|\\"/g, '"');
}

function stsHosts(): Set<string> {
  const urls = purser.trace().map(({ request }) => request.url);
  return new Set(urls.flatMap((url) => /^https:\/\/(sts\.[^/]+)/.exec(url)?.[1] ?? []));
}

/** As the records of a role that was entered while its region was in the build. */
function keepRoleOf(region: string): void {
  mine().set('aws.credentials', JSON.stringify({ schema: 2, way: 'role', roleArn: LOCAL_ROLE_ARN, region }));
  mine().delete('aws.session');
}

describe('access keys that are entered', () => {
  it('are tried first: wrong ones leave a role that works as it was', async () => {
    await purser.begin();
    const before = new Map(mine());
    const { problems, good } = enter(...WRONG_KEYS);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/refused Purser's credentials.*What was stored before stays\./);
    expect(good.join()).toContain('Table crew-dispatch in us-east-1 can be read.');
    expect(mine().get('aws.credentials')).toBe(before.get('aws.credentials'));
    expect(purser.send().status).toBe('sent');
  });

  it('wrong ones are not stored where there was nothing, and nothing is read with them again', async () => {
    await purser.begin({ setUp: false });
    const { problems } = enter(...WRONG_KEYS);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('Nothing was stored.');
    expect(mine().has('aws.credentials')).toBe(false);
  });

  it('take the place of others once AWS took them', async () => {
    await purser.begin();
    expect(enter(...GOOD_KEYS).problems).toEqual([]);
    expect(kept()).toMatchObject({ way: 'keys', accessKeyId: LOCAL_KEYS.accessKeyId });
    expect(mine().has('aws.session')).toBe(false);
    expect(purser.send().status).toBe('sent');
  });

  it('that may not read the table leave what was there, and are kept where there was nothing', async () => {
    const denied: Fault = {
      host: 'dynamodb.',
      play: {
        answer: { status: 400, body: JSON.stringify({ __type: 'com.amazon#AccessDeniedException' }) },
      },
    };
    await purser.begin();
    await purser.faults(denied);
    expect(enter(...GOOD_KEYS).problems.join()).toContain('What was stored before stays.');
    expect(kept().way).toBe('role');
    await purser.begin({ setUp: false });
    await purser.faults(denied);
    expect(enter(...GOOD_KEYS).problems.join()).toContain('Allow dynamodb:DescribeTable');
    expect(kept().way).toBe('keys');
  });

  it('take the place of others although a setting names a table that is not there, which is said', async () => {
    await purser.begin();
    await purser.setting('Charters table', 'crew-dispach');
    expect(enter(...WRONG_KEYS).problems.join()).toContain('What was stored before stays.');
    expect(kept().way).toBe('role');
    const { problems } = enter(...GOOD_KEYS);
    expect(problems.join()).toContain('crew-dispach');
    expect(problems.join()).not.toContain('What was stored before stays.');
    expect(kept()).toMatchObject({ way: 'keys', accessKeyId: LOCAL_KEYS.accessKeyId });
  });

  it('leave what was there when AWS can’t be reached or no setting says which table to try', async () => {
    await purser.begin();
    await purser.faults({ host: 'dynamodb.us-east-1', play: { unreachable: true } });
    expect(enter(...GOOD_KEYS).problems.join()).toContain('What was stored before stays.');
    expect(kept().way).toBe('role');
    await purser.faults();
    await purser.setting('Standard rate', 'much');
    expect(enter(...GOOD_KEYS).problems.join()).toMatch(/could not be tried.*What was stored before stays/);
    expect(kept().way).toBe('role');
  });

  it('are in no problem and on no page', async () => {
    await purser.begin();
    const told = [JSON.stringify(enter(...WRONG_KEYS)), lastPage()].join();
    for (const secret of WRONG_KEYS) expect(told).not.toContain(secret);
  });
});

describe('the policies to paste', () => {
  it('are shown to somebody with keys who says Yes and leaves the question empty; the keys stay', async () => {
    await purser.begin({ aws: 'keys' });
    expect(enter('').problems).toEqual([]);
    expect(lastPage()).toContain('sts:AssumeRoleWithWebIdentity');
    expect(kept().way).toBe('keys');
    expect(purser.send().status).toBe('sent');
  });

  it('are not shown to somebody who cancels', async () => {
    await purser.begin({ aws: 'keys' });
    enter(null);
    expect(lastPage()).not.toContain('sts:AssumeRoleWithWebIdentity');
  });

  it('have the permissions for the tables of the settings, and say which number is to be filled in', async () => {
    await purser.begin({ aws: 'keys', settings: { 'Charters table': 'harbor-trips', 'Second region': '' } });
    enter('');
    const page = lastPage();
    expect(page).toContain('arn:aws:dynamodb:us-east-1:111122223333:table/harbor-trips');
    expect(page).toContain('in place of 111122223333');
    expect(page).not.toContain('us-west-2');
    expect(page).not.toContain('docs/');
  });

  it('have the number of the account whose role is kept', async () => {
    await purser.begin();
    enter('');
    const account = /:(\d{12}):/.exec(LOCAL_ROLE_ARN)?.[1] ?? '';
    expect(lastPage()).toContain(`arn:aws:dynamodb:us-east-1:${account}:table/crew-dispatch`);
    expect(lastPage()).not.toContain('in place of');
  });

  it('leave the permissions out, and say why, while the settings can’t be read', async () => {
    await purser.begin({ aws: 'keys', settings: { 'Standard rate': 'much' } });
    enter('');
    expect(lastPage()).toContain('because the settings can’t be read');
    expect(lastPage()).toContain('sts:AssumeRoleWithWebIdentity');
    expect(lastPage()).not.toContain('dynamodb:Scan');
  });
});

describe('a region that this build can’t reach', () => {
  it('as the role’s is replaced by the primary region in Set up…', async () => {
    await purser.begin();
    keepRoleOf('eu-west-1');
    expect(setUpAgain().problems).toEqual([]);
    expect(kept().region).toBe('us-east-1');
  });

  it('as the role’s does not stop a run, and the next one asks where a session was got', async () => {
    await purser.begin();
    keepRoleOf('eu-west-1');
    expect(purser.preview().status).toBe('ready');
    expect(kept().region).toBe('us-east-1');
    purser.clock.advance(HOUR_MS);
    expect(purser.send().status).toBe('sent');
    expect(stsHosts()).toEqual(new Set(['sts.us-east-1.amazonaws.com']));
  });

  it('is named with its setting and with what the build must have', async () => {
    await purser.begin({ setUp: false });
    enter('');
    await purser.setting('Primary region', 'eu-west-1');
    const { problems } = enter(LOCAL_ROLE_ARN);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/“Primary region” is eu-west-1.*--regions.*Nothing was stored/);
    await purser.setting('Primary region', 'us-east-1');
    await purser.setting('Second region', 'eu-west-1');
    const second = enter(LOCAL_ROLE_ARN).problems;
    expect(second).toHaveLength(2);
    for (const problem of second) expect(problem).toContain('“Second region” is eu-west-1');
  });

  it('is not named when a region only answers badly', async () => {
    await purser.begin();
    await purser.faults({ host: 'sts.', play: { answer: { status: 503, body: '' } } });
    expect(setUpAgain().problems.join()).toMatch(/could not answer(?!.*--regions)/);
  });
});

describe('another primary region', () => {
  it('is where Set up… tries the role, as the advice for a region that is not activated says', async () => {
    await purser.begin();
    await purser.setting('Primary region', 'us-west-2');
    await purser.setting('Second region', 'us-east-1');
    const before = purser.trace().length;
    expect(setUpAgain().problems).toEqual([]);
    const asked = purser
      .trace()
      .slice(before)
      .map(({ request }) => request.url);
    expect(asked).toContain('https://sts.us-west-2.amazonaws.com/');
    expect(asked).not.toContain('https://sts.us-east-1.amazonaws.com/');
    expect(kept().region).toBe('us-west-2');
  });
});

describe('Google’s identity token that had run out', () => {
  it('once is asked for again, and the statement goes out', async () => {
    await purser.begin();
    purser.clock.advance(HOUR_MS);
    await purser.faults({ host: 'sts.us-east-1', times: 1, play: STS_EXPIRED });
    expect(purser.send().status).toBe('sent');
  });

  it('each time is a failure that passes: the day’s attempt is not used up', async () => {
    await purser.begin();
    purser.at('2026-06-01', 7);
    mine().delete('aws.session');
    await purser.faults({ host: 'sts.', play: STS_EXPIRED });
    expect(purser.trigger('tick')).toMatchObject({
      status: 'failed',
      error: { code: 'service-unavailable' },
    });
    expect([...purser.appsScript().properties('document').keys()].join()).not.toMatch(/attempt/);
    await purser.faults();
    purser.at('2026-06-01', 8);
    expect(purser.trigger('tick')?.status).not.toBe('failed');
  });
});
