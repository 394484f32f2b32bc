/** The monthly run with bad replies to one of its rounds, or to a single request of it. */
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

test.each([
  ['429', 'throttled'],
  ['401', 'unauthorized'],
  ['500', 'broken'],
  ['503, though all was done', 'lost'],
  ['a page that is no JSON', 'page'],
  ['half of what was said', 'halved'],
])(
  'every round in turn is answered with %s: one tab, one file, one mail, or the owner is told',
  async (_words, act) => {
    const scenarios = byAct(tellingFaults(kind)).get(act) ?? [];
    expect(scenarios.length).toBeGreaterThan(2);
    expect(await simulation.violations(scenarios)).toEqual({});
  },
  PATIENCE_MS,
);

test(
  'every single request in turn gets a bad reply, while those beside it get theirs',
  async () => {
    const scenarios = [...byAct(tellingFaults(kind))].flatMap(([act, some]) =>
      act.endsWith('@one') ? some : [],
    );
    const requests = kind.calls.flatMap((call) => (call.requests.length > 1 ? call.requests : []));
    expect(scenarios).toHaveLength(requests.length);
    expect(await simulation.violations(scenarios)).toEqual({});
  },
  PATIENCE_MS,
);
