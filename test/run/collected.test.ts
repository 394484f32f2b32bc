import type { Collected } from '../../src/run/collect.ts';
import { tellCollected } from '../../src/run/month-run-state.ts';
import { fakeHost } from '../tools/fake-host.ts';

const COLLECTED = {} as Collected;

test('whoever asked is told what was read, once; nobody need ask', () => {
  const told: Collected[] = [];
  const host = fakeHost();
  tellCollected(
    { host, properties: {}, request: { onCollected: (collected) => told.push(collected) } },
    COLLECTED,
  );
  tellCollected({ host, properties: {}, request: {} }, COLLECTED);
  expect(told).toEqual([COLLECTED]);
});

test('what they throw is logged, and stops no statement', () => {
  const host = fakeHost();
  const onCollected = (): never => {
    throw new Error('no calendar today');
  };
  expect(() => tellCollected({ host, properties: {}, request: { onCollected } }, COLLECTED)).not.toThrow();
  expect(host.logged).toEqual([{ event: 'collected-not-told', code: 'unexpected' }]);
});
