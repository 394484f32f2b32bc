/** One simulator a scene and process, with the bundle of the sources as they are. */
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
}

const opened = new Map<SceneName, Promise<Simulation>>();

/** Each scenario begins with the scene as it was made, so one serves all suites of a process. */
export function openSimulation(scene: SceneName): Promise<Simulation> {
  const known = opened.get(scene) ?? openAnew(scene);
  opened.set(scene, known);
  return known;
}

async function openAnew(scene: SceneName): Promise<Simulation> {
  const bundleFolder = mkdtempSync(join(tmpdir(), 'purser-simulation-'));
  process.once('exit', () => rmSync(bundleFolder, { recursive: true, force: true }));
  const kinds = new Map<Starter, Promise<Kind>>();
  await build({ outDir: bundleFolder, regions: REGIONS, reuse: true });
  const simulator: Simulator = await openSimulator({ bundleFolder, name: scene });
  return {
    simulator,
    kind(first) {
      const known =
        kinds.get(first) ?? simulator.cleanCalls(first).then((calls) => ({ scene, first, calls }));
      kinds.set(first, known);
      return known;
    },
    async violations(scenarios, beginning) {
      const found: Record<string, readonly string[]> = {};
      for (const scenario of scenarios) {
        const { violations } = await simulator.run(scenario, beginning);
        if (violations.length > 0) found[`npm run simulate -- --replay '${wordOf(scenario)}'`] = violations;
      }
      return found;
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
