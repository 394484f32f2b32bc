import { createClock } from '../../../scripts/local/clock.ts';
import { bundleFolder, OWNER, ok, START_MS, toy } from './toy.ts';

test('each execution is a fresh realm: nothing of the one before is left', () => {
  const { evaluate } = toy({ code: 'var n = 0; const once = 1;' });
  expect(evaluate('n += 1; n')).toBe(1);
  expect(evaluate('n += 1; n')).toBe(1);
});

test('a function that is not there, or is not at the top level, is not found', () => {
  const { script } = toy({ code: 'var app = { inner: function () {} }; var alias = function () {};' });
  for (const name of ['missing', 'inner', 'alias', 'Utilities', 'hasOwnProperty', 'Object']) {
    expect(() => script.run(name)).toThrow(`Script function not found: ${name}`);
  }
});

test('what Apps Script lacks is absent: timers, URL, TextEncoder, crypto, fetch, require', () => {
  const names = [
    'setTimeout',
    'URL',
    'TextEncoder',
    'crypto',
    'fetch',
    'require',
    'process',
    'Buffer',
    'atob',
  ];
  expect(toy().evaluate(`${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual([]);
});

test("a service that Purser doesn't use, or a method that is not there, says so", () => {
  const { evaluate } = toy();
  expect(() => evaluate('GmailApp.sendEmail("a@b.c", "s", "b")')).toThrow(
    'GmailApp.sendEmail is not in the local Workspace',
  );
  expect(() => evaluate('Drive.Files')).toThrow('Drive.Files is not in the local Workspace');
  expect(() => evaluate('Utilities.parseCsv("a,b")')).toThrow(
    'Utilities.parseCsv is not in the local Workspace',
  );
  expect(() => evaluate('SpreadsheetApp.getActive().getRange("A1")')).toThrow('not in the local Workspace');
  expect(() => evaluate('SpreadsheetApp.getUi = 1')).toThrow("can't be set");
});

test("a script that catches everything can't hide what the local Workspace lacks, or a server that broke", () => {
  expect(() => toy().evaluate(`try { GmailApp.search('x') } catch (e) {} 'went on'`)).toThrow(
    'GmailApp.search',
  );
  expect(() => toy().evaluate(`try { SpreadsheetApp.getUi().alert('x') } catch (e) {} 'went on'`)).toThrow(
    'Nobody',
  );
  const broken = toy({
    reply: () => {
      throw new RangeError('the server broke');
    },
  });
  expect(() =>
    broken.evaluate(`try { UrlFetchApp.fetch('https://a.example/') } catch (e) {} 'went on'`),
  ).toThrow('the server broke');
  const chatty = toy({ reply: () => [ok(), ok()] });
  expect(() => chatty.evaluate(`UrlFetchApp.fetch('https://a.example/')`)).toThrow('lost a reply');
  const lossy = toy({ reply: () => [] });
  expect(() =>
    lossy.evaluate(`try { UrlFetchApp.fetch('https://a.example/') } catch (e) {} 'went on'`),
  ).toThrow('lost a reply');
});

test("Google's exceptions are errors inside the realm, with Google's name", () => {
  const code = 'try { UrlFetchApp.fetch("") } catch (e) { [e instanceof Error, e.name, String(e)] }';
  expect(toy().evaluate(code)).toEqual([
    true,
    'Exception',
    'Exception: Attribute provided with no value: url',
  ]);
});

test('arrays and objects that services hand out belong to the realm', () => {
  const { evaluate } = toy();
  expect(evaluate('Utilities.newBlob("a").getBytes() instanceof Array')).toBe(true);
  expect(evaluate('PropertiesService.getUserProperties().getProperties() instanceof Object')).toBe(true);
});

describe('clock and chance', () => {
  test('Date and Math.random follow the clock and the seed', () => {
    const code = '[Date.now(), new Date().toISOString(), Math.random(), Utilities.getUuid()]';
    const first = toy({ seed: 7 }).evaluate(code);
    expect(first).toEqual(toy({ seed: 7 }).evaluate(code));
    expect(first).not.toEqual(toy({ seed: 8 }).evaluate(code));
    expect(first).toEqual([START_MS, '2026-06-01T10:00:00.000Z', expect.any(Number), expect.any(String)]);
  });

  test('UUIDs have the shape of version 4, and go on after a restart', () => {
    const shape = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    const one = toy();
    const first = one.evaluate('Utilities.getUuid()');
    expect(first).toMatch(shape);
    const second = toy({ state: one.script.saved() }).evaluate('Utilities.getUuid()');
    expect(second).toMatch(shape);
    expect(second).not.toBe(first);
  });

  test.each([
    ['America/New_York', 6],
    ['Pacific/Kiritimati', 0],
    ['Asia/Kolkata', 15],
  ])("local time is the manifest's zone %s, not the machine's", (timeZone, hour) => {
    const { evaluate } = toy({ timeZone });
    expect(evaluate('new Date().getHours()')).toBe(hour);
    expect(evaluate('new Date(2026, 4, 14, 17, 30).getHours()')).toBe(17);
    expect(evaluate('const d = new Date(2026, 4, 31); d.setMonth(5); [d.getMonth(), d.getDate()]')).toEqual([
      6, 1,
    ]);
    expect(evaluate('new Date("2026-05-14T17:30:00").getHours()')).toBe(17);
    expect(evaluate('new Date("05-14-2026").getHours()')).toBe(0);
    expect(evaluate('new Date("2026-05-14").toISOString()')).toBe('2026-05-14T00:00:00.000Z');
    for (const zoned of [
      'Thu, 14 May 2026 17:30:00 -0400',
      '14 May 2026 17:30 EDT',
      '2026-05-14T17:30:00.5-04:00',
    ]) {
      expect(evaluate(`new Date('${zoned}').toISOString().slice(0, 16)`)).toBe('2026-05-14T21:30');
    }
    expect(evaluate('Date.parse("2026-05-14T21:30Z") === Date.parse("14 May 2026 21:30:00 GMT")')).toBe(true);
  });

  test('a date written for people is in the zone of the manifest too', () => {
    const { evaluate } = toy({ timeZone: 'Pacific/Kiritimati' });
    expect(evaluate('new Date().toLocaleDateString("en-US")')).toBe('6/2/2026');
    expect(evaluate('new Date().toLocaleTimeString("en-GB")')).toBe('00:00:00');
  });

  test('dates look like dates', () => {
    const { evaluate } = toy();
    expect(evaluate('String(new Date(0))')).toBe('Wed Dec 31 1969 19:00:00 GMT-0500');
    expect(evaluate('new Date(0).getTimezoneOffset()')).toBe(300);
    expect(evaluate('String(new Date(NaN))')).toBe('Invalid Date');
    expect(evaluate('new Date(NaN).getHours()')).toBe(Number.NaN);
    expect(evaluate('new Date(0) instanceof Date && Object.prototype.toString.call(new Date(0))')).toBe(
      '[object Date]',
    );
    expect(evaluate('new Date(2026, 2, 8, 2, 30).toISOString()')).toBe('2026-03-08T07:30:00.000Z');
    expect(evaluate('new Date(2026, 10, 1, 1, 30).toISOString()')).toBe('2026-11-01T05:30:00.000Z');
  });
});

describe('six minutes', () => {
  // developers.google.com/apps-script/guides/services/quotas: script runtime 6 min / execution
  const nap = 'for (let i = 0; i < 6; i += 1) Utilities.sleep(60000);';

  test('six minutes are allowed, a moment more is not', () => {
    expect(toy().evaluate(`${nap} 'done'`)).toBe('done');
    expect(() => toy().evaluate(`${nap} Utilities.sleep(1); 'done'`)).toThrow(
      'Exceeded maximum execution time',
    );
  });

  test("a script that catches the end can't go on, and has not ended well", () => {
    const toyed = toy();
    const code = `${nap} try { Utilities.sleep(1) } catch (e) {}
      try { PropertiesService.getUserProperties().setProperty('late', '1') } catch (e) {} 'done'`;
    expect(() => toyed.evaluate(code)).toThrow('Exceeded maximum execution time');
    expect(toyed.script.properties('user').size).toBe(0);
  });

  test('the next execution has six minutes of its own', () => {
    const toyed = toy();
    expect(() => toyed.evaluate(`${nap} Utilities.sleep(1)`)).toThrow();
    expect(toyed.evaluate('Utilities.sleep(1000); 1')).toBe(1);
  });

  test('a simple trigger has thirty seconds', () => {
    expect(() => toy().evaluate('Utilities.sleep(31000)', { mode: 'open' })).toThrow(
      'Exceeded maximum execution time',
    );
  });
});

describe('counts', () => {
  test('rounds, requests and store calls count; tokens, logs and Utilities do not', () => {
    const { script, evaluate } = toy();
    evaluate(`
      UrlFetchApp.fetchAll([{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }]);
      UrlFetchApp.fetch('https://a.example/3');
      PropertiesService.getDocumentProperties().getProperties();
      CacheService.getScriptCache().get('x');
      const lock = LockService.getDocumentLock(); lock.tryLock(1); lock.hasLock(); lock.releaseLock();
      Utilities.getUuid(); ScriptApp.getOAuthToken(); console.log('x'); Session.getEffectiveUser().getEmail();`);
    expect(script.counts).toEqual({ host: 6, http: 3, rounds: 2 });
    expect(script.modelledSeconds()).toBeCloseTo(0.5 + 0.3 + 0.4 + 0.3 + 0.03 + 0.015 + 0.2, 3);
    expect(script.modelledSeconds({ assumedFactor: 2 }) - script.modelledSeconds()).toBeCloseTo(0.8, 3);
  });

  test('the clock can follow the model', () => {
    const clock = createClock(null, START_MS);
    const { evaluate, script } = toy({ clock, clockFollowsModel: true });
    evaluate(`PropertiesService.getDocumentProperties().setProperty('a', '1')`);
    expect(clock.now() - START_MS).toBe(62);
    expect(script.modelledSeconds()).toBeCloseTo(0.062);
    const stalled = toy({ clockFollowsModel: true, reply: () => ({ failed: { index: 0, why: 'stall' } }) });
    expect(() => stalled.evaluate(`UrlFetchApp.fetch('https://a.example/')`)).toThrow('Timeout');
    // The network moved it by that minute already.
    expect([stalled.clock.now() - START_MS, stalled.script.modelledSeconds()]).toEqual([0, 60]);
  });
});

test('what people and scripts left survives a restart', () => {
  const one = toy();
  one.evaluate(`PropertiesService.getDocumentProperties().setProperty('d', '1');
    PropertiesService.getUserProperties().setProperty('u', '2');
    ScriptApp.newTrigger('tick').timeBased().everyHours(1).create()`);
  const state: unknown = JSON.parse(JSON.stringify(one.script.saved()));
  const two = toy({ state: state as never });
  expect(two.script.saved()).toEqual(one.script.saved());
  expect(two.evaluate(`PropertiesService.getDocumentProperties().getProperty('d')`)).toBe('1');
  expect(two.script.triggers()).toHaveLength(1);
});

test('logs are kept with their severity and the time of the clock', () => {
  const { script, evaluate } = toy();
  evaluate(
    `console.log('%s charters', 3); Utilities.sleep(5); console.error(JSON.stringify({ event: 'x' })); Logger.log('old')`,
  );
  expect(script.logs).toEqual([
    { severity: 'DEBUG', atMs: START_MS, text: '3 charters' },
    { severity: 'ERROR', atMs: START_MS + 5, text: '{"event":"x"}' },
    { severity: 'INFO', atMs: START_MS + 5, text: 'old' },
  ]);
});

test('a bundle without scopes, or with a prefix that Google refuses, does not load', () => {
  const manifest = (fields: object) => ({
    'appsscript.json': JSON.stringify({ timeZone: 'UTC', oauthScopes: [], ...fields }),
  });
  const load = (fields: object) => () => toy({ bundleFolder: bundleFolder({ files: manifest(fields) }) });
  expect(load({})).not.toThrow();
  expect(load({ oauthScopes: undefined })).toThrow('oauthScopes');
  // developers.google.com/apps-script/manifest/allowlist-url: https, with a path that is not empty
  expect(load({ urlFetchWhitelist: ['https://www.google.com'] })).toThrow('urlFetchWhitelist');
  expect(load({ urlFetchWhitelist: ['http://www.google.com/'] })).toThrow('urlFetchWhitelist');
});

describe('google.script.run', () => {
  // developers.google.com/apps-script/guides/html/communication#parameters_and_return_values
  const code = `
    function echo(value) { return value; }
    function secret_() { return 1; }
    function kind(value) { return Array.isArray(value) && value instanceof Array; }
    function date() { return { at: new Date() }; }
    function nothing() {}
    function holes() { return [undefined, 1]; }`;

  test('plain data crosses both ways', () => {
    const { script } = toy({ code });
    const value = { a: [1, 'x', null, true], b: { c: 1.5 } };
    expect(script.call('echo', [value])).toEqual(value);
    expect(script.call('kind', [[1]])).toBe(true);
    expect(script.call('nothing')).toBeUndefined();
    expect(script.call('holes')).toEqual([null, 1]);
  });

  test('dates, functions, maps, typed arrays and cycles do not cross', () => {
    const { script } = toy({ code });
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    for (const value of [
      new Date(),
      () => 1,
      new Map(),
      new Uint8Array(1),
      cycle,
      1n,
      Symbol('x'),
      { deep: [new Date()] },
    ]) {
      expect(() => script.call('echo', [value])).toThrow('Failed due to illegal value in property: 0');
    }
    expect(() => script.call('date')).toThrow('Failed due to illegal value in property: result.at');
  });

  test('private functions and what is not at the top level are not there', () => {
    const { script } = toy({ code });
    for (const name of ['secret_', 'missing', 'Utilities']) {
      expect(() => script.call(name)).toThrow(`google.script.run.${name} is not a function`);
    }
    expect(script.run('secret_')).toBe(1);
  });

  test('it runs as the person who has the sidebar open', () => {
    const { script } = toy({ code: 'function me() { return Session.getEffectiveUser().getEmail(); }' });
    expect(script.call('me')).toBe(OWNER);
    expect(script.run('me', [], { mode: 'client', as: 'second@example.com' })).toBe('second@example.com');
  });
});
