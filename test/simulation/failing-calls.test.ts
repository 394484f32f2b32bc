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

test('a clean run makes the calls that a fault can meet: properties, the lock, rounds', () => {
  expect(kind.calls.length).toBeGreaterThan(20);
  expect(new Set(kind.calls.map((call) => call.kind))).toEqual(
    new Set(['trigger', 'property', 'lock', 'round']),
  );
});

// Killed after a call is killed before the next one; `npm run simulate -- --singles` plays all that can be told apart.
test.each([
  ['every call in turn fails, without effect', 'fails-before'],
  ['every changing call in turn fails, with its effect', 'fails-after'],
  ['before every call in turn the execution is killed', 'killed-before'],
  ['every changing call in turn takes longer than an execution may', 'stalls-after'],
])(
  '%s: one tab, one file, one mail, or the owner is told',
  async (_words, act) => {
    const scenarios = byAct(tellingFaults(kind)).get(act) ?? [];
    expect(scenarios.length).toBeGreaterThan(3);
    expect(await simulation.violations(scenarios)).toEqual({});
  },
  PATIENCE_MS,
);
