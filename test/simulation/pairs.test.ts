/** Two things at once, from a seed: faults, another execution in the middle, a person’s hand, a clock that jumps. */
import { createDice } from '../../scripts/local/generate-dice.ts';
import type { Kind } from '../../scripts/simulate/plan.ts';
import { randomPair } from '../../scripts/simulate/plan.ts';
import { traceText } from '../../scripts/simulate/print.ts';
import type { Simulation } from './simulation.ts';
import { openSimulation } from './simulation.ts';

const PATIENCE_MS = 300_000;
const SEED = 20_260_601;
const PAIRS = 16;

let simulation: Simulation;
let kinds: readonly Kind[];
beforeAll(async () => {
  simulation = await openSimulation('account');
  kinds = [await simulation.kind('monthly'), await simulation.kind('person')];
}, PATIENCE_MS);

test(
  'a scenario that is played again makes the same calls in the same order, and ends the same',
  async () => {
    const scenario = randomPair(kinds, createDice(SEED));
    const played = async () => {
      const { told, outcome } = await simulation.simulator.run(scenario);
      return [traceText(told), outcome];
    };
    expect(await played()).toEqual(await played());
  },
  PATIENCE_MS,
);

test(
  'a statement that goes out from a connected account survives pairs of them',
  async () => {
    const scenarios = Array.from({ length: PAIRS }, (_, index) =>
      randomPair(kinds, createDice(SEED + index)),
    );
    expect(await simulation.violations(scenarios)).toEqual({});
  },
  PATIENCE_MS,
);
