/** The production host, built as the bundle is, on the strict fakes of Apps Script. */
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ALL_SCOPES, OWNER, START_MS, type ToyOptions, toy } from '../scripts/apps-script/toy.ts';

const ROOT = join(import.meta.dirname, '../..');

const entry = `
  import { appsScriptHost } from './src/host/apps-script.ts';
  export const host = appsScriptHost();
  export function attempt(action) {
    try { return { value: action() }; } catch (error) {
      return { code: error.code, kind: error.kind, data: error.data, cause: String(error.cause), message: error.message };
    }
  }`;
const built = buildSync({
  stdin: { contents: entry, resolveDir: ROOT, loader: 'ts' },
  bundle: true,
  format: 'iife',
  globalName: 'app',
  target: 'es2020',
  write: false,
}).outputFiles[0]?.text;

function hosted(options: ToyOptions = {}) {
  return toy({ ...options, code: `${built}\nvar host = app.host, attempt = app.attempt;` });
}

test('nothing is asked of Google when the script loads', () => {
  const { script, evaluate } = hosted({ scopes: [] });
  expect(evaluate('1')).toBe(1);
  expect(script.counts.host).toBe(0);
});

describe('fetchAll', () => {
  test('requests go out byte for byte: method, headers, type, text as UTF-8, bytes; no body on a GET', () => {
    const { evaluate, sent } = hosted();
    evaluate(`host.fetchAll([
      { method: 'GET', url: 'https://a.example/a%20b?x=%C3%A9', headers: { Authorization: 'Bearer t' }, body: 'dropped' },
      { method: 'POST', url: 'https://a.example/', headers: {}, contentType: 'application/json', body: '"é"' },
      { method: 'PATCH', url: 'https://a.example/', headers: {}, contentType: 'x/y', body: new Uint8Array([0, 127, 128, 255]) },
      { method: 'DELETE', url: 'https://a.example/', headers: {} }])`);
    expect(
      sent.map(({ method, url, headers, body }) => [method, url, headers, body === null ? null : [...body]]),
    ).toEqual([
      ['GET', 'https://a.example/a%20b?x=%C3%A9', { Authorization: 'Bearer t' }, null],
      ['POST', 'https://a.example/', { 'Content-Type': 'application/json' }, [34, 195, 169, 34]],
      ['PATCH', 'https://a.example/', { 'Content-Type': 'x/y' }, [0, 127, 128, 255]],
      ['DELETE', 'https://a.example/', {}, null],
    ]);
  });

  test('replies carry any status, lower-case headers with the last of several, text and unsigned bytes', () => {
    const { evaluate } = hosted({
      reply: () => [
        {
          status: 503,
          headers: { 'X-Amz-Crc32': '1', 'Set-Cookie': ['a', 'b'] },
          body: Uint8Array.from([195, 169]),
        },
      ],
    });
    const request = `{ method: 'GET', url: 'https://a.example/', headers: {} }`;
    expect(
      evaluate(
        `const [r] = host.fetchAll([${request}]); [r.status, r.headers, r.text(), Array.from(r.bytes()), r.bytes() instanceof Uint8Array]`,
      ),
    ).toEqual([503, { 'x-amz-crc32': '1', 'set-cookie': 'b' }, 'é', [195, 169], true]);
  });

  test('a URL is sent as it is, because a signature may cover it', () => {
    const { evaluate, sent } = hosted();
    evaluate(`host.fetchAll([{ method: 'GET', url: 'https://a.example/a|b', headers: {} }])`);
    expect(sent[0]?.url).toBe('https://a.example/a|b');
  });

  test('a redirect is an answer, not a journey', () => {
    const { evaluate } = hosted({
      reply: () => [{ status: 308, headers: { Location: 'https://b.example/' }, body: new Uint8Array() }],
    });
    expect(
      evaluate(
        `host.fetchAll([{ method: 'PUT', url: 'https://a.example/', headers: {}, body: '' }])[0].status`,
      ),
    ).toBe(308);
  });

  test('a batch that Google threw away is unavailable, with the hosts but no path, query or token', () => {
    const { evaluate } = hosted({ reply: () => ({ failed: { index: 1, why: 'unreachable' } }) });
    const failed =
      evaluate(`attempt(() => host.fetchAll(['https://a.example/1?key=secret', 'https://b.example/2', 'https://a.example/3']
      .map((url) => ({ method: 'GET', url, headers: { Authorization: 'Bearer secret' } }))))`);
    expect(failed).toEqual({
      code: 'network-failed',
      kind: 'unavailable',
      data: { hosts: 'a.example, b.example', requests: 3 },
      cause: 'Exception: Address unavailable: https://b.example/2',
      message: expect.stringContaining('a.example, b.example'),
    });
    expect(JSON.stringify(failed)).not.toContain('secret');
  });

  test('no requests are no round', () => {
    const { evaluate, script } = hosted();
    expect(evaluate('host.fetchAll([]).length')).toBe(0);
    expect(script.counts.host).toBe(0);
  });
});

describe('properties', () => {
  test('each method is one call; document and user are apart', () => {
    const { evaluate, script } = hosted();
    expect(
      evaluate(`const d = host.properties('document'), u = host.properties('user');
        d.write({ a: '1', b: '2' }); u.write({ c: '3' }); d.write({ b: '4' }); d.remove('a');
        [d.readAll(), u.readAll(), d.read('b'), d.read('c')]`),
    ).toEqual([{ b: '4' }, { c: '3' }, '4', null]);
    expect(script.counts.host).toBe(8);
  });

  test('of the document there are none in a web app, and it is said in words', () => {
    const { evaluate } = hosted();
    expect(
      evaluate(`attempt(() => host.properties('document').readAll())`, { mode: 'web-app' }),
    ).toMatchObject({ code: 'no-workbook' });
    expect(evaluate(`host.properties('user').readAll()`, { mode: 'web-app' })).toEqual({});
  });

  test('a value over 9 KB of UTF-8 is refused before Google is asked, and nothing is written', () => {
    const { evaluate, script } = hosted();
    expect(evaluate(`host.properties('user').write({ fits: '€'.repeat(3072) })`)).toBeUndefined();
    expect(
      evaluate(`attempt(() => host.properties('user').write({ small: '1', big: '😀'.repeat(2304) + 'x' }))`),
    ).toMatchObject({
      code: 'property-too-large',
      data: { key: 'big', bytes: 9217, scope: 'user' },
    });
    expect([...script.properties('user').keys()]).toEqual(['fits']);
    expect(script.counts.host).toBe(1);
  });

  test('writing nothing asks nobody', () => {
    const { evaluate, script } = hosted();
    evaluate(`host.properties('user').write({})`);
    expect(script.counts.host).toBe(0);
  });
});

describe('withLock', () => {
  const held = `LockService.getScriptLock().hasLock()`;

  test('the lock of the script is held while the action runs and given back, whatever comes of it', () => {
    const { evaluate } = hosted();
    expect(evaluate(`[host.withLock(() => ${held}), ${held}]`)).toEqual([true, false]);
    expect(evaluate(`attempt(() => host.withLock(() => { throw new Error('x') })); ${held}`)).toBe(false);
  });

  test('it is the same lock where there is no document, as in the web app', () => {
    const noDocument = `let held = []; const lock = { tryLock: () => held.push('taken') > 0, releaseLock: () => held.push('freed') };
      globalThis.LockService = { getDocumentLock: () => null, getScriptLock: () => lock };`;
    expect(hosted().evaluate(`${noDocument} host.withLock(() => held.push('ran')); held`)).toEqual([
      'taken',
      'ran',
      'freed',
    ]);
  });

  test('a lock that is not free within ten seconds is busy, and the action does not run', () => {
    const { evaluate, script, clock } = hosted();
    script.holdLock('script', 10_001);
    expect(
      evaluate(`let ran = false; [attempt(() => host.withLock(() => { ran = true })).code, ran]`),
    ).toEqual(['lock-busy', false]);
    expect(clock.now()).toBe(START_MS + 10_000);
    expect(evaluate('host.withLock(() => 7)')).toBe(7);
  });
});

test('time, chance, identity and workbook come from the platform', () => {
  const { evaluate } = hosted();
  expect(
    evaluate(
      `[host.now(), host.accessToken(), host.identityToken(), host.userEmail(), host.visitorEmail(), host.workbookId(), host.random() < 1, host.uuid().length]`,
    ),
  ).toEqual([START_MS, `token of ${OWNER}`, `identity of ${OWNER}`, OWNER, OWNER, 'workbook-1', true, 36]);
  expect(
    hosted({ scopes: ALL_SCOPES.filter((scope) => scope !== 'openid') }).evaluate('host.identityToken()'),
  ).toBeNull();
  expect(hosted({ identityToken: () => '' }).evaluate('host.identityToken()')).toBeNull();
  expect(evaluate(`host.sleep(250); host.now()`)).toBe(START_MS + 250);
});

test.each([
  ['America/New_York', { date: '2026-06-01', time: '06:00' }],
  ['Pacific/Kiritimati', { date: '2026-06-02', time: '00:00' }],
  ['UTC', { date: '2026-06-01', time: '10:00' }],
])('the wall clock of %s', (zone, expected) => {
  expect(hosted().evaluate(`host.localTime(${START_MS}, '${zone}')`)).toEqual(expected);
});

test('an event is logged as one line of JSON', () => {
  const { evaluate, script } = hosted();
  evaluate(`host.log({ event: 'posted', cents: 5, ok: true })`);
  expect(script.logs.map(({ text }) => text)).toEqual(['{"event":"posted","cents":5,"ok":true}']);
});

describe('the person in front of the workbook', () => {
  test('is asked with a suggestion, which an empty answer takes', () => {
    const { evaluate, script } = hosted();
    const ask = `host.ui().ask('Month', 'Which month?', '2026-05')`;
    expect(evaluate(ask, { answers: () => ({ button: 'OK', text: ' 2026-04 ' }) })).toBe('2026-04');
    expect(evaluate(ask, { answers: () => ({ button: 'OK', text: '' }) })).toBe('2026-05');
    expect(evaluate(ask, { answers: () => ({ button: 'CANCEL', text: '2026-04' }) })).toBeNull();
    expect(evaluate(ask, { answers: () => ({ button: 'CLOSE' }) })).toBeNull();
    expect(script.shown[0]).toMatchObject({
      title: 'Month',
      message: 'Which month?\n\nLeave it empty for: 2026-05',
    });
  });

  test('confirms with yes only', () => {
    const { evaluate } = hosted();
    const confirm = (button: 'YES' | 'NO' | 'CLOSE') =>
      evaluate(`host.ui().confirm('Send?', 'To two people')`, { answers: () => ({ button }) });
    expect([confirm('YES'), confirm('NO'), confirm('CLOSE')]).toEqual([true, false, false]);
  });

  test('is told things, shown pages, and sees progress', () => {
    const { evaluate, script } = hosted();
    evaluate(
      `host.ui().tell('Done', 'Sent.'); host.ui().show('May', '<p>x</p>'); host.progress({ step: 'Reading', done: 1, of: 8 })`,
      {
        answers: () => ({ button: 'OK' }),
      },
    );
    expect(script.shown).toEqual([
      { kind: 'alert', title: 'Done', message: 'Sent.', answer: { button: 'OK' } },
      { kind: 'dialog', title: 'May', html: '<p>x</p>', width: 480, height: 560 },
      { kind: 'toast', title: 'Purser', text: 'Reading (1 of 8)', seconds: -1 },
    ]);
  });

  test('is shown the pages that lie beside the script, by name; one that is not there is an error', () => {
    const { evaluate, script } = hosted({
      files: { 'month.html': '<p>side</p>', 'accounts.html': '<p>all</p>' },
    });
    evaluate(`host.ui().sidebar('Purser', 'month'); host.ui().showPage('Accounts', 'accounts')`);
    expect(script.shown).toEqual([
      { kind: 'sidebar', title: 'Purser', html: '<p>side</p>', width: null, height: null },
      { kind: 'dialog', title: 'Accounts', html: '<p>all</p>', width: 480, height: 560 },
    ]);
    expect(() => evaluate(`host.ui().sidebar('Purser', 'week')`)).toThrow(
      'No HTML file named week was found',
    );
    expect(script.shown).toHaveLength(2);
  });

  test('is not there in a trigger, where progress is silent', () => {
    const { evaluate, script } = hosted();
    expect(
      evaluate(`host.progress({ step: 'x', done: 0, of: 1 }); host.ui()`, { mode: 'trigger' }),
    ).toBeNull();
    expect(script.shown).toEqual([]);
    // Not even asked for: reading the workbook costs time.
    const counting = `let toasts = 0;
      globalThis.SpreadsheetApp = { getUi() { throw new Error('no') }, getActive: () => ({ toast() { toasts += 1 } }) };`;
    expect(evaluate(`${counting} host.progress({ step: 'x', done: 0, of: 1 }); toasts`)).toBe(0);
  });

  test('the last toast goes by itself; the others stay until the next one', () => {
    const { evaluate, script } = hosted();
    evaluate(
      `host.progress({ step: 'record', done: 7, of: 8 }); host.progress({ step: 'done', done: 8, of: 8 })`,
    );
    expect(script.shown.map((shown) => (shown.kind === 'toast' ? shown.seconds : null))).toEqual([-1, 3]);
  });

  test('a toast that Google refuses does not end the run', () => {
    expect(hosted({ scopes: [] }).evaluate(`host.progress({ step: 'x', done: 0, of: 1 }); 'went on'`)).toBe(
      'went on',
    );
  });
});

test('triggers are made, listed and removed', () => {
  const { evaluate, script } = hosted();
  const created = evaluate(`const t = host.triggers();
    t.create('tick', { every: 'hour' });
    t.create('monthlyStatement', { every: 'month', day: 1, hour: 6, timeZone: 'Europe/Berlin' });
    t.create('soon', { once: true, afterMs: 60000 });
    t.list().map(({ handler }) => handler)`);
  expect(created).toEqual(['tick', 'monthlyStatement', 'soon']);
  expect(script.triggers().map(({ schedule }) => schedule)).toEqual([
    { every: 'hours', n: 1 },
    { every: 'month', day: 1, hour: 6, minute: 0 },
    { atMs: START_MS + 60_000 },
  ]);
  expect(
    evaluate(
      `const t = host.triggers(); t.remove(t.list()[1].id); t.remove('gone'); t.list().map(({ handler }) => handler)`,
    ),
  ).toEqual(['tick', 'soon']);
});
