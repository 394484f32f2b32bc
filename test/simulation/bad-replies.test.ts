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

// `npm run simulate -- --singles` plays all of them; here each round gets two of the six, each request one in two.
const KINDS = 6;

test.each([
  ['429', 'throttled'],
  ['401', 'unauthorized'],
  ['500', 'broken'],
  ['503, though all was done', 'lost'],
  ['a page that is no JSON', 'page'],
  ['half of what was said', 'halved'],
])(
  'every third round in turn is answered with %s: one tab, one file, one mail, or the owner is told',
  async (_words, act) => {
    const all = byAct(tellingFaults(kind)).get(act) ?? [];
    const first = act.length % (KINDS / 2);
    const scenarios = all.filter((_, index) => index % (KINDS / 2) === first);
    expect(scenarios.length).toBeGreaterThan(1);
    expect(await simulation.violations(scenarios)).toEqual({});
  },
  PATIENCE_MS,
);

test(
  'every second single request gets a bad reply, while those beside it get theirs',
  async () => {
    const scenarios = [...byAct(tellingFaults(kind))].flatMap(([act, some]) =>
      act.endsWith('@one') ? some : [],
    );
    const requests = kind.calls.flatMap((call) => (call.requests.length > 1 ? call.requests : []));
    expect(scenarios).toHaveLength(requests.length);
    const half = scenarios.filter((_, index) => index % 2 === 0);
    expect(await simulation.violations(half)).toEqual({});
  },
  PATIENCE_MS,
);
