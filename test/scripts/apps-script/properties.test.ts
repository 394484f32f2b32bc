/** developers.google.com/apps-script/guides/properties and …/guides/services/quotas */
import { OWNER, toy } from './toy.ts';

const DOCUMENT = 'PropertiesService.getDocumentProperties()';
const USER = 'PropertiesService.getUserProperties()';

test('document properties are shared, user properties are one of each person, the script has its own', () => {
  const { evaluate } = toy();
  const put = `${DOCUMENT}.setProperty('k', 'd'); ${USER}.setProperty('k', 'u');
    PropertiesService.getScriptProperties().setProperty('k', 's')`;
  evaluate(put);
  const read = `[${DOCUMENT}.getProperty('k'), ${USER}.getProperty('k'), PropertiesService.getScriptProperties().getProperty('k')]`;
  expect(evaluate(read)).toEqual(['d', 'u', 's']);
  expect(evaluate(read, { as: 'second@example.com' })).toEqual(['d', null, 's']);
});

test('what is not a string becomes one', () => {
  const { evaluate } = toy();
  evaluate(`${USER}.setProperty('n', 1.5); ${USER}.setProperties({ b: true, x: null })`);
  expect(evaluate(`${USER}.getProperties()`)).toEqual({ n: '1.5', b: 'true', x: 'null' });
});

test('setProperties keeps the other keys unless told to delete them', () => {
  const { evaluate } = toy();
  evaluate(`${USER}.setProperties({ a: '1', b: '2' })`);
  expect(evaluate(`${USER}.setProperties({ b: '3' }).getProperties()`)).toEqual({ a: '1', b: '3' });
  expect(evaluate(`${USER}.setProperties({ c: '4' }, true).getProperties()`)).toEqual({ c: '4' });
  expect(evaluate(`${USER}.deleteProperty('c').getKeys()`)).toEqual([]);
});

test('9 KB are the most that a value holds, in bytes of UTF-8', () => {
  const { evaluate, script } = toy();
  evaluate(`${USER}.setProperty('fits', 'é'.repeat(4608))`);
  expect(() => evaluate(`${USER}.setProperty('k', 'é'.repeat(4608) + 'x')`)).toThrow(
    'Argument too large: value',
  );
  expect(() => evaluate(`${USER}.setProperties({ a: '1', k: 'x'.repeat(9217) })`)).toThrow(
    'Argument too large: value',
  );
  expect([...script.properties('user', OWNER).keys()]).toEqual(['fits']);
});

test('500 KB are the most that a store holds, and a refused write changes nothing', () => {
  const { evaluate, script } = toy();
  evaluate(`for (let i = 0; i < 55; i += 1) ${DOCUMENT}.setProperty('k' + i, 'x'.repeat(9200))`);
  expect(() => evaluate(`${DOCUMENT}.setProperty('more', 'x'.repeat(9200))`)).toThrow(
    'property storage quota',
  );
  expect(script.properties('document').size).toBe(55);
  expect(() => evaluate(`${USER}.setProperty('more', 'x'.repeat(9200))`)).not.toThrow();
});

test('a key must be a string', () => {
  const { evaluate } = toy();
  expect(() => evaluate(`${USER}.getProperty()`)).toThrow(
    "The parameters (undefined) don't match the method signature",
  );
  expect(() => evaluate(`${USER}.setProperty(1, 'a')`)).toThrow("The parameters (number,String) don't match");
});

test('each call counts as one, however many keys it carries', () => {
  const { evaluate, script } = toy();
  evaluate(
    `${USER}.setProperties({ a: '1', b: '2', c: '3' }); ${USER}.getProperties(); ${USER}.deleteProperty('a')`,
  );
  expect(script.counts.host).toBe(3);
  expect(script.modelledSeconds()).toBeCloseTo(0.062 + 0.03 + 0.062);
});
