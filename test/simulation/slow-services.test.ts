/** Services so slow that a month takes several executions: it ends as it would have in one. */
import type { Scenario } from '../../scripts/simulate/scenario.ts';
import type { Simulation } from './simulation.ts';
import { openSimulation } from './simulation.ts';

const PATIENCE_MS = 300_000;
/** A clean run takes some ten seconds at Google as the model has it; four and a half minutes are its budget. */
const FACTOR = 45;
const BY_THE_CLOCK: Scenario = { scene: 'built-in', first: 'monthly', moves: [], outage: null };

let simulation: Simulation;
beforeAll(async () => {
  simulation = await openSimulation('built-in');
}, PATIENCE_MS);

test.each([
  ['the clock began it', BY_THE_CLOCK],
  ['a person began it, and certified it', { ...BY_THE_CLOCK, first: 'person' as const }],
])(
  'a month that needs several executions goes on by itself once %s, and ends as in one',
  async (_words, scenario) => {
    const { violations, outcome, collecting } = await simulation.simulator.run(scenario, {
      modelFactor: FACTOR,
    });
    expect(violations).toEqual([]);
    expect(outcome).toBe('sent');
    expect(collecting).toBeGreaterThan(1);
  },
  PATIENCE_MS,
);
