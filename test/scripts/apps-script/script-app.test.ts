/** developers.google.com/apps-script/reference/script/script-app and …/reference/script/clock-trigger-builder */
import { ALL_SCOPES, OWNER, START_MS, toy } from './toy.ts';

const HOUR_MS = 3_600_000;
const SECOND = 'second@example.com';

const code = `
  var handled = 'PropertiesService.getDocumentProperties()';
  function tick(e) {
    PropertiesService.getDocumentProperties().setProperty(
      'fired ' + Date.now(), [Session.getEffectiveUser().getEmail(), e.triggerUid.length, e.year, e.month, e.hour].join(' '));
  }
  function fails() { throw new Error('on purpose'); }
  function clears() { ScriptApp.getProjectTriggers().forEach((t) => ScriptApp.deleteTrigger(t)); }`;

test('tokens are of the person who runs the script; the identity token needs openid', () => {
  expect(toy().evaluate('[ScriptApp.getOAuthToken(), ScriptApp.getIdentityToken()]')).toEqual([
    `token of ${OWNER}`,
    `identity of ${OWNER}`,
  ]);
  const scopes = ALL_SCOPES.filter((scope) => scope !== 'openid');
  expect(toy({ scopes }).evaluate('ScriptApp.getIdentityToken()', { as: SECOND })).toBeNull();
});

test('without userinfo.email nobody has an address', () => {
  const scopes = ALL_SCOPES.filter((scope) => !scope.endsWith('userinfo.email'));
  expect(toy({ scopes }).evaluate('Session.getEffectiveUser().getEmail()')).toBe('');
  expect(toy().evaluate('Session.getActiveUser().getEmail()')).toBe(OWNER);
  expect(toy({ grantedScopes: [] }).evaluate('Session.getEffectiveUser().getEmail()')).toBe('');
});

describe('what was granted', () => {
  // developers.google.com/apps-script/reference/script/authorization-info
  const info = (list = '') => `const info = ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL${list});
    [String(info.getAuthorizationStatus()), info.getAuthorizationUrl(), info.getAuthorizedScopes()]`;
  const granted = ALL_SCOPES.filter((scope) => !scope.endsWith('scriptapp'));

  test('all of it: nothing is required', () => {
    expect(toy().evaluate(info())).toEqual(['NOT_REQUIRED', null, ALL_SCOPES]);
  });

  test('a part: the rest is required, and there is a place to grant it', () => {
    const { evaluate } = toy({ grantedScopes: granted });
    const url = expect.stringContaining('https://script.google.com/');
    expect(evaluate(info())).toEqual(['REQUIRED', url, granted]);
    expect(evaluate(info(`, ['openid']`))).toEqual(['NOT_REQUIRED', null, ['openid']]);
    expect(evaluate(info(`, ['openid', '${ALL_SCOPES[2]}']`))).toEqual(['REQUIRED', url, ['openid']]);
  });

  test('nothing of it in a simple trigger, which runs before anything is granted', () => {
    expect(toy().evaluate(info(), { mode: 'open' })).toEqual(['REQUIRED', expect.any(String), []]);
  });

  test('each person grants for themselves, and may grant more later', () => {
    const grants = new Map([[SECOND, granted]]);
    const { evaluate } = toy({ grantedScopes: (email) => grants.get(email) ?? null });
    expect(evaluate(info())).toMatchObject(['NOT_REQUIRED', null, ALL_SCOPES]);
    expect(evaluate(info(), { as: SECOND })).toEqual(['REQUIRED', expect.any(String), granted]);
    expect(() => evaluate('ScriptApp.getProjectTriggers()', { as: SECOND })).toThrow('Required permissions');
    grants.delete(SECOND);
    expect(evaluate('ScriptApp.getProjectTriggers()', { as: SECOND })).toEqual([]);
  });

  test('a mode must be said, and scopes are a list', () => {
    for (const wrong of ['', `'FULL'`, `ScriptApp.AuthMode.FULL, 'openid'`]) {
      expect(() => toy().evaluate(`ScriptApp.getAuthorizationInfo(${wrong})`)).toThrow('method signature');
    }
  });
});

test('the web app has an address when it is deployed', () => {
  const code = '[ScriptApp.getService().getUrl(), ScriptApp.getService().isEnabled()]';
  expect(toy().evaluate(code)).toEqual([null, false]);
  expect(toy({ webAppUrl: 'https://x.example/exec' }).evaluate(code)).toEqual([
    'https://x.example/exec',
    true,
  ]);
});

test('triggers need script.scriptapp, and more than onOpen may do', () => {
  const scopes = ALL_SCOPES.filter((scope) => !scope.endsWith('scriptapp'));
  expect(() => toy({ scopes }).evaluate('ScriptApp.getProjectTriggers()')).toThrow(
    'Required permissions: https://www.googleapis.com/auth/script.scriptapp',
  );
  expect(() => toy().evaluate('ScriptApp.getProjectTriggers()', { mode: 'open' })).toThrow(
    'You do not have permission',
  );
});

test('a trigger is seen by its maker only, and can be deleted', () => {
  const { evaluate, script } = toy({ code });
  evaluate(`ScriptApp.newTrigger('tick').timeBased().everyHours(1).create()`);
  const names =
    'ScriptApp.getProjectTriggers().map((t) => [t.getHandlerFunction(), String(t.getEventType()), t.getEventType() === ScriptApp.EventType.CLOCK])';
  expect(evaluate(names)).toEqual([['tick', 'CLOCK', true]]);
  expect(evaluate(names, { as: SECOND })).toEqual([]);
  script.run('clears', [], { as: SECOND });
  expect(script.triggers()).toHaveLength(1);
  script.run('clears');
  expect(script.triggers()).toHaveLength(0);
});

test('twenty triggers are the most that a person has', () => {
  // developers.google.com/apps-script/guides/services/quotas: 20 / user / script
  const { evaluate } = toy();
  const make = `ScriptApp.newTrigger('later').timeBased().after(1000).create()`;
  evaluate(`for (let i = 0; i < 20; i += 1) ${make}`);
  expect(() => evaluate(make)).toThrow('This script has too many triggers.');
  expect(() => evaluate(make, { as: SECOND })).not.toThrow();
});

test.each([
  'everyHours(3)',
  'everyHours(1.5)',
  'everyMinutes(2)',
  'everyMinutes(60)',
  'onMonthDay(0)',
  'onMonthDay(32)',
  'everyDays(0)',
  'atHour(24)',
  'after(-1)',
  "inTimezone('Mars/Base')",
  'everyHours(1).everyDays(1)',
  'everyHours(1).atHour(2).create()',
  'create()',
  'atHour(3).create()',
])('%s is refused', (calls) => {
  const { evaluate, script } = toy();
  expect(() => evaluate(`ScriptApp.newTrigger('tick').timeBased().${calls}`)).toThrow();
  expect(script.triggers()).toEqual([]);
});

describe('firing', () => {
  test('an hourly trigger fires once each hour that the clock passes a check, as its maker', () => {
    const { evaluate, script, clock } = toy({ code });
    evaluate(`ScriptApp.newTrigger('tick').timeBased().everyHours(1).create()`, { as: SECOND });
    clock.advance(HOUR_MS - 1);
    expect(script.fireDue()).toEqual([]);
    clock.advance(1);
    expect(script.fireDue().map(({ error }) => error)).toEqual([null]);
    expect(script.fireDue()).toEqual([]);
    expect(Object.fromEntries(script.properties('document'))).toEqual({
      [`fired ${START_MS + HOUR_MS}`]: `${SECOND} 36 2026 6 11`,
    });
    clock.advance(HOUR_MS);
    expect(script.fireDue()).toHaveLength(1);
  });

  test('a trigger of every 30 minutes fires twice an hour', () => {
    const { evaluate, script, clock } = toy({ code });
    evaluate(`ScriptApp.newTrigger('tick').timeBased().everyMinutes(30).create()`);
    const fired = [29, 1, 29, 1].map((minutes) => {
      clock.advance(minutes * 60_000);
      return script.fireDue().length;
    });
    expect(fired).toEqual([0, 1, 0, 1]);
  });

  test("a monthly trigger fires on its day at its hour of the script's zone, and skips months without that day", () => {
    const { evaluate, script } = toy({ code });
    evaluate(`ScriptApp.newTrigger('tick').timeBased().onMonthDay(1).atHour(6).create();
      ScriptApp.newTrigger('tick').timeBased().onMonthDay(31).atHour(6).inTimezone('UTC').create();
      ScriptApp.newTrigger('tick').timeBased().everyDays(1).atHour(7).create();`);
    expect(script.triggers().map(({ nextMs }) => new Date(nextMs ?? 0).toISOString())).toEqual([
      '2026-07-01T10:00:00.000Z',
      '2026-07-31T06:00:00.000Z',
      '2026-06-01T11:00:00.000Z',
    ]);
  });

  test('a one-off trigger fires once and stays in the list until it is deleted', () => {
    const { evaluate, script, clock } = toy({ code });
    evaluate(`ScriptApp.newTrigger('tick').timeBased().after(5000).create()`);
    clock.advance(5_000);
    expect(script.fireDue()).toHaveLength(1);
    clock.advance(HOUR_MS);
    expect(script.fireDue()).toEqual([]);
    expect(script.triggers()).toHaveLength(1);
  });

  test('a handler that is run as a trigger gets the event of the account’s own installed one', () => {
    const { evaluate, script } = toy({
      code: 'function gives(e) { return e === undefined ? null : e.triggerUid; }',
    });
    const asTrigger = { mode: 'trigger' } as const;
    expect(script.run('gives', [], asTrigger)).toBeNull();
    evaluate(`ScriptApp.newTrigger('gives').timeBased().everyHours(1).create()`);
    const [{ id } = { id: '' }] = script.triggers();
    expect(id).not.toBe('');
    expect(script.run('gives', [], asTrigger)).toBe(id);
    expect(script.run('gives', [{ triggerUid: 'another' }], asTrigger)).toBe('another');
    expect(script.run('gives', [], { ...asTrigger, as: SECOND })).toBeNull();
    expect(script.run('gives')).toBeNull();
  });

  test('a handler that fails, or is missing, fails alone; one that was deleted meanwhile does not fire', () => {
    const { evaluate, script, clock } = toy({ code });
    evaluate(
      `for (const name of ['missing', 'fails', 'clears', 'tick']) ScriptApp.newTrigger(name).timeBased().after(1).create()`,
    );
    clock.advance(1);
    expect(
      script.fireDue().map(({ trigger, error }) => [trigger.handler, error === null ? null : String(error)]),
    ).toEqual([
      ['missing', 'Exception: Script function not found: missing'],
      ['fails', 'Error: on purpose'],
      ['clears', null],
    ]);
  });
});

describe('state tokens', () => {
  const callback = `function back(request) { return [request.parameter.code, request.parameter.service, request.parameters.code[0]]; }`;
  const make = `ScriptApp.newStateToken().withMethod('back').withArgument('service', 'calendar').withTimeout(3600).createToken()`;

  test('the callback runs the method that the token names, with its arguments', () => {
    const { evaluate, script } = toy({ code: callback });
    const state = String(evaluate(make));
    expect(script.callback({ state, code: 'c1' })).toEqual(['c1', 'calendar', 'c1']);
  });

  test('a page comes back as its HTML, and nobody is there to be asked', () => {
    const page = `function back() { return HtmlService.createHtmlOutput('<p>done</p>').setTitle('Connected'); }
      function asks() { return SpreadsheetApp.getUi(); }`;
    const { evaluate, script } = toy({ code: page });
    expect(script.callback({ state: String(evaluate(make)), code: 'c1' })).toBe('<p>done</p>');
    expect(script.pages).toEqual([{ html: '<p>done</p>', title: 'Connected' }]);
    const state = String(evaluate(`ScriptApp.newStateToken().withMethod('asks').createToken()`));
    expect(() => script.callback({ state })).toThrow('Cannot call SpreadsheetApp.getUi()');
  });

  test('a token is refused when it is unknown, too old, or of another account', () => {
    const { evaluate, script, clock } = toy({ code: callback });
    const state = String(evaluate(make));
    expect(() => script.callback({ state: 'forged', code: 'c1' })).toThrow('state token is invalid');
    expect(() => script.callback({ state, code: 'c1' }, { as: SECOND })).toThrow('state token is invalid');
    clock.advance(3_600_001);
    expect(() => script.callback({ state, code: 'c1' })).toThrow('state token is invalid');
    expect(() => evaluate(`ScriptApp.newStateToken().withTimeout(3601)`)).toThrow('3600 seconds');
  });
});
