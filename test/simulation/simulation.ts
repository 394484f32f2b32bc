/** One simulator a test file, with the bundle of the sources as they are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../scripts/build.ts';
import type { Kind } from '../../scripts/simulate/plan.ts';
import type { Scenario, Starter } from '../../scripts/simulate/scenario.ts';
import { actWord, wordOf } from '../../scripts/simulate/scenario.ts';
import { type Beginning, REGIONS, type SceneName } from '../../scripts/simulate/scene.ts';
import type { Simulator } from '../../scripts/simulate/simulator.ts';
import { openSimulator } from '../../scripts/simulate/simulator.ts';

export interface Simulation {
  readonly simulator: Simulator;
  kind(first: Starter): Promise<Kind>;
  /** What was violated, by scenario; nothing is what must come out. */
  violations(
    scenarios: readonly Scenario[],
    beginning?: Beginning,
  ): Promise<Readonly<Record<string, readonly string[]>>>;
  close(): Promise<void>;
}

export async function openSimulation(scene: SceneName): Promise<Simulation> {
  const bundleFolder = mkdtempSync(join(tmpdir(), 'purser-simulation-'));
  await build({ outDir: bundleFolder, regions: REGIONS, reuse: true });
  const simulator: Simulator = await openSimulator({ bundleFolder, name: scene });
  return {
    simulator,
    kind: async (first) => ({ scene, first, calls: await simulator.cleanCalls(first) }),
    async violations(scenarios, beginning) {
      const found: Record<string, readonly string[]> = {};
      for (const scenario of scenarios) {
        const { violations } = await simulator.run(scenario, beginning);
        if (violations.length > 0) found[`npm run simulate -- --replay '${wordOf(scenario)}'`] = violations;
      }
      return found;
    },
    async close() {
      await simulator.close();
      rmSync(bundleFolder, { recursive: true, force: true });
    },
  };
}

/** Scenarios of one move by what happens: `fails-before`, `lost@one`. */
export function byAct(scenarios: readonly Scenario[]): ReadonlyMap<string, readonly Scenario[]> {
  const groups = new Map<string, Scenario[]>();
  for (const scenario of scenarios) {
    const [move] = scenario.moves;
    const name = move === undefined ? 'nothing' : actWord(move.act).replace(/@\d+$/, '@one');
    groups.set(name, [...(groups.get(name) ?? []), scenario]);
  }
  return groups;
}
