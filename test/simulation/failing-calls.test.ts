/** The monthly run with one fault at each of its calls to the platform: it fails, or the execution ends there. */
import type { Kind } from '../../scripts/simulate/plan.ts';
import { tellingFaults } from '../../scripts/simulate/plan.ts';
import type { Simulation } from './simulation.ts';
import { byAct, openSimulation } from './simulation.ts';

const PATIENCE_MS = 300_000;

let simulation: Simulation;
let kind: Kind;
beforeAll(async () => {
  simulation = await openSimulation('built-in');
  kind = await simulation.kind('monthly');
}, PATIENCE_MS);
afterAll(() => simulation.close());

test('a clean run makes the calls that a fault can meet: properties, the lock, rounds', () => {
  expect(kind.calls.length).toBeGreaterThan(20);
  expect(new Set(kind.calls.map((call) => call.kind))).toEqual(
    new Set(['trigger', 'property', 'lock', 'round']),
  );
});

// `npm run simulate -- --singles` plays all of them; here those that take an execution’s whole time are played in turns.
test.each([
  ['every call in turn fails, without effect', 'fails-before', 1],
  ['every second changing call fails, with its effect', 'fails-after', 2],
  ['before every call in turn the execution is killed', 'killed-before', 1],
  ['every third changing call takes longer than an execution may', 'stalls-after', 3],
])(
  '%s: one tab, one file, one mail, or the owner is told',
  async (_words, act, every) => {
    const scenarios = (byAct(tellingFaults(kind)).get(act) ?? []).filter((_, index) => index % every === 0);
    expect(scenarios.length).toBeGreaterThan(3);
    expect(await simulation.violations(scenarios)).toEqual({});
  },
  PATIENCE_MS,
);
