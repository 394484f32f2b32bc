/** developers.google.com/apps-script/guides/web : the web app runs as the one who deployed it, without the workbook. */
import { OWNER, toy } from './toy.ts';

const code = `
  function doGet(e) {
    const none = [SpreadsheetApp.getActiveSpreadsheet(), SpreadsheetApp.getActive(), LockService.getDocumentLock(),
      PropertiesService.getDocumentProperties(), CacheService.getDocumentCache()].every((one) => one === null);
    const own = PropertiesService.getUserProperties().getProperty('mine');
    const locked = LockService.getScriptLock().tryLock(1);
    if (e.parameter.ask) SpreadsheetApp.getUi();
    return HtmlService.createHtmlOutput(JSON.stringify([none, own, locked, Session.getEffectiveUser().getEmail(), Session.getActiveUser().getEmail(), e]))
      .setTitle('Invitation').addMetaTag('viewport', 'width=device-width');
  }`;

test('the page is made as the owner, with their properties and no document', () => {
  const { script, evaluate } = toy({ code });
  evaluate(`PropertiesService.getUserProperties().setProperty('mine', 'kept')`);
  const event = {
    queryString: 'a=1&b=x+y',
    parameter: { a: '1', b: 'x y' },
    parameters: { a: ['1'], b: ['x y'] },
    contextPath: '',
    contentLength: -1,
  };
  const html = script.webApp({ a: '1', b: 'x y' });
  expect(JSON.parse(html)).toEqual([true, 'kept', true, OWNER, '', event]);
  expect(script.pages).toEqual([{ html, title: 'Invitation' }]);
});

test('deployed by somebody else it runs as that one', () => {
  expect(JSON.parse(toy({ code }).script.webApp({}, { as: 'second@example.com' }))[3]).toBe(
    'second@example.com',
  );
});

test('there is nobody to ask', () => {
  expect(() => toy({ code }).script.webApp({ ask: '1' })).toThrow('Cannot call SpreadsheetApp.getUi()');
});

test.each(['c', 'sid'])('the parameter %s is Google’s own', (name) => {
  expect(() => toy({ code }).script.webApp({ [name]: '1' })).toThrow('reserved');
});

test('without doGet, or without a page from it, there is an error', () => {
  expect(() => toy().script.webApp({})).toThrow('Script function not found: doGet');
  expect(() => toy({ code: 'function doGet() { return "text"; }' }).script.webApp({})).toThrow('return type');
});

test('a meta tag that Google would drop is refused', () => {
  const made = `HtmlService.createHtmlOutput('').addMetaTag('referrer', 'no-referrer')`;
  expect(() => toy().evaluate(made)).toThrow('meta tag');
});

describe('google.script.run in a page of the web app', () => {
  const open = `function look() { return [Session.getEffectiveUser().getEmail(), Session.getActiveUser().getEmail(),
      SpreadsheetApp.getActiveSpreadsheet() !== null, PropertiesService.getDocumentProperties() !== null,
      LockService.getDocumentLock() !== null, CacheService.getDocumentCache() !== null]; }
    function ask() { SpreadsheetApp.getUi(); }`;

  test('reaches every public function as the one who deployed it, whoever looks', () => {
    const { script } = toy({ code: open });
    expect(script.call('look', [], { from: 'web-app' })).toEqual([OWNER, '', false, false, false, false]);
    expect(script.call('look', [], { from: 'web-app', as: 'second@example.com' })).toContain(
      'second@example.com',
    );
  });

  test('has no user interface, unlike that of a dialog', () => {
    const { script } = toy({ code: open });
    expect(() => script.call('ask', [], { from: 'web-app', withDocument: true })).toThrow(
      'Cannot call SpreadsheetApp.getUi()',
    );
    expect(() => script.call('ask')).not.toThrow();
  });

  test('may have the document of a bound script: Google does not say', () => {
    const { script } = toy({ code: open });
    expect(script.call('look', [], { from: 'web-app', withDocument: true })).toEqual([
      OWNER,
      '',
      ...[true, true, true, true],
    ]);
  });
});
