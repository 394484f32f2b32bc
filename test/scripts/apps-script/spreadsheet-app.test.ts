/** developers.google.com/apps-script/reference/base/ui and …/guides/html */
import { ALL_SCOPES, toy } from './toy.ts';

const answer = (button: 'OK' | 'CANCEL' | 'YES' | 'NO' | 'CLOSE', text?: string) => ({
  answers: () => (text === undefined ? { button } : { button, text }),
});

test('the script knows its workbook', () => {
  expect(
    toy().evaluate(`const w = SpreadsheetApp.getActiveSpreadsheet();
    [w.getId(), w.getName(), w.getUrl(), w.getSpreadsheetTimeZone(), w.getSpreadsheetLocale(), SpreadsheetApp.getActive().getId()]`),
  ).toEqual([
    'workbook-1',
    'Master',
    'https://docs.google.com/spreadsheets/d/workbook-1/edit',
    'America/New_York',
    'en_US',
    'workbook-1',
  ]);
  expect(() => toy({ scopes: [] }).evaluate('SpreadsheetApp.getActive()')).toThrow(
    'spreadsheets.currentonly',
  );
});

test('a trigger has no user interface, and its toasts are seen by nobody', () => {
  const { evaluate, script } = toy();
  expect(() => evaluate('SpreadsheetApp.getUi()', { mode: 'trigger' })).toThrow(
    'Cannot call SpreadsheetApp.getUi() from this context.',
  );
  evaluate(`SpreadsheetApp.getActive().toast('x')`, { mode: 'trigger' });
  expect(script.shown).toEqual([]);
  evaluate(`SpreadsheetApp.getActive().toast('Reading', 'Purser', -1)`);
  expect(script.shown).toEqual([{ kind: 'toast', title: 'Purser', text: 'Reading', seconds: -1 }]);
});

test('a person answers alerts and prompts with one of the buttons, or closes them', () => {
  const { evaluate, script } = toy();
  const alert = `const ui = SpreadsheetApp.getUi(); ui.alert('Send?', 'To two people', ui.ButtonSet.YES_NO) === ui.Button.YES`;
  expect(evaluate(alert, answer('YES'))).toBe(true);
  expect(evaluate(alert, answer('CLOSE'))).toBe(false);
  expect(() => evaluate(alert, answer('OK'))).toThrow('There is no button OK');
  expect(
    evaluate(
      `const ui = SpreadsheetApp.getUi(); const r = ui.prompt('Month', 'Which?', ui.ButtonSet.OK_CANCEL);
      [r.getResponseText(), r.getSelectedButton() === ui.Button.OK]`,
      answer('OK', '2026-05'),
    ),
  ).toEqual(['2026-05', true]);
  expect(script.shown.map(({ kind }) => kind)).toEqual(['alert', 'alert', 'prompt']);
});

test('a question without anybody to answer is an error', () => {
  expect(() => toy().evaluate(`SpreadsheetApp.getUi().alert('Sent')`)).toThrow('Nobody is there to answer');
});

test('dialogs and sidebars need the scope, and show HtmlOutput only', () => {
  const show = `const html = HtmlService.createHtmlOutput('<p>Hi</p>').setTitle('Purser').setWidth(480).setHeight(560);
    SpreadsheetApp.getUi().showModalDialog(html, 'May 2026'); SpreadsheetApp.getUi().showSidebar(html)`;
  const { evaluate, script } = toy();
  evaluate(show);
  expect(script.shown).toEqual([
    { kind: 'dialog', title: 'May 2026', html: '<p>Hi</p>', width: 480, height: 560 },
    { kind: 'sidebar', title: 'Purser', html: '<p>Hi</p>', width: 480, height: 560 },
  ]);
  expect(() => evaluate(`SpreadsheetApp.getUi().showSidebar('<p>Hi</p>')`)).toThrow(
    "don't match the method signature",
  );
  const scopes = ALL_SCOPES.filter((scope) => !scope.endsWith('container.ui'));
  expect(() => toy({ scopes }).evaluate(show)).toThrow('script.container.ui');
  expect(() => toy().evaluate(show, { mode: 'open' })).toThrow('You do not have permission');
});

test('files of the bundle become pages and templates; text is escaped, code runs', () => {
  const { evaluate } = toy({
    files: {
      'Sidebar.html': '<p>Side</p>',
      'Page.html': '<? for (const n of names) { ?><li><?= n ?></li><? } ?><?!= raw ?>$&',
    },
  });
  expect(evaluate(`HtmlService.createHtmlOutputFromFile('Sidebar').getContent()`)).toBe('<p>Side</p>');
  expect(
    evaluate(
      `const t = HtmlService.createTemplateFromFile('Page'); t.names = ['a', '<b>"']; t.raw = '<hr>'; t.evaluate().getContent()`,
    ),
  ).toBe('<li>a</li><li>&lt;b&gt;&#34;</li><hr>$&');
  expect(() => evaluate(`HtmlService.createHtmlOutputFromFile('Missing')`)).toThrow(
    'No HTML file named Missing was found.',
  );
  expect(() => evaluate(`HtmlService.createHtmlOutputFromFile('../../etc/passwd')`)).toThrow("don't match");
});

test('menus name functions that the bundle has; onOpen may make them', () => {
  const { evaluate, script } = toy({ code: 'function sendStatement() {} function check() {}' });
  evaluate(
    `const ui = SpreadsheetApp.getUi();
    ui.createMenu('Purser').addItem('Send statement', 'sendStatement').addSeparator()
      .addSubMenu(ui.createMenu('More').addItem('Check', 'check')).addToUi()`,
    { mode: 'open' },
  );
  expect(script.menus().get('Purser')).toEqual([
    { caption: 'Send statement', functionName: 'sendStatement', items: [] },
    { caption: 'More', functionName: null, items: [{ caption: 'Check', functionName: 'check', items: [] }] },
  ]);
  expect(() => evaluate(`SpreadsheetApp.getUi().createMenu('Purser').addItem('Gone', 'gone')`)).toThrow(
    'Script function not found: gone',
  );
});
