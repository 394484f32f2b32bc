import fc from 'fast-check';
import type { AttributeMap } from '../../src/clients/aws/attribute-value.ts';
import { withoutTwins, withTwins } from '../../src/sources/twin-items.ts';

const item = (id: string, more: AttributeMap = {}): AttributeMap => ({ charterId: { S: id }, ...more });

test('what is the same in both regions is kept once', () => {
  const first = ['a', 'b', 'c'].map((id) => item(id));
  expect(withoutTwins(first, first)).toEqual([[0, 3]]);
});

test('only what differs stands in full, in its place', () => {
  const first = ['a', 'b', 'c', 'd'].map((id) => item(id));
  const other = item('b', { guests: { N: '7' } });
  const second = [item('a'), other, item('c'), item('d')];
  expect(withoutTwins(first, second)).toEqual([[0, 1], other, [2, 2]]);
});

test('attributes in another order are the same item; a number in other digits is not', () => {
  const first = [{ a: { S: '1' }, b: { N: '1.50' } }];
  expect(withoutTwins(first, [{ b: { N: '1.50' }, a: { S: '1' } }])).toEqual([[0, 1]]);
  expect(withoutTwins(first, [{ a: { S: '1' }, b: { N: '1.5' } }])).toEqual([
    { a: { S: '1' }, b: { N: '1.5' } },
  ]);
});

test('any two lists come back exactly, in their order, with items missing, changed and doubled', () => {
  const anyItem = fc.record({
    charterId: fc.constantFrom('a', 'b', 'c', 'd', '').map((S) => ({ S })),
    guests: fc.constantFrom('1', '1.0', '2').map((N) => ({ N })),
  });
  const list = fc.array(anyItem, { maxLength: 12 });
  fc.assert(
    fc.property(list, list, fc.boolean(), (first, own, alike) => {
      const second = alike ? [...first.slice(2), ...own.slice(0, 2)] : own;
      const stored = JSON.parse(JSON.stringify(withoutTwins(first, second))) as ReturnType<
        typeof withoutTwins
      >;
      expect(withTwins(first, stored)).toEqual(second);
    }),
  );
});
