/** Bugs put in on purpose: a simulator that doesn’t find them finds nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../scripts/build.ts';
import type { HostCall } from '../../scripts/local/apps-script/host-calls.ts';
import { MUTANTS, mutating } from '../../scripts/simulate/mutants.ts';
import type { Kind } from '../../scripts/simulate/plan.ts';
import type { Act, Scenario } from '../../scripts/simulate/scenario.ts';
import { REGIONS } from '../../scripts/simulate/scene.ts';
import type { Simulation } from './simulation.ts';
import { openSimulation } from './simulation.ts';

const PATIENCE_MS = 300_000;

let simulation: Simulation;
let kind: Kind;
const folder = mkdtempSync(join(tmpdir(), 'purser-mutants-'));
beforeAll(async () => {
  simulation = await openSimulation('built-in');
  kind = await simulation.kind('monthly');
}, PATIENCE_MS);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

const asks = (part: string) => (call: HostCall) => call.requests.some(({ url }) => url.includes(part));

/** Where the bug bites, and by what. */
const BITES: Readonly<
  Record<string, { readonly at: (call: HostCall) => boolean; readonly act: Act; readonly found: string }>
> = {
  'sends again after a lost reply': {
    at: asks('messages/send'),
    act: { reply: 'lost', to: 'all' },
    found: 'SENT TWICE',
  },
  'writes down after the request that it sends': {
    at: asks('messages/send'),
    act: { fault: 'killed-after' },
    found: 'a statement goes out, and its record says',
  },
  'takes no lease': { at: asks('/export?'), act: { another: 'person' }, found: 'files of' },
  'shows the month before it is verified': {
    at: (call) => call.requests.every(({ method }) => method === 'GET') && asks('/values:batchGet')(call),
    act: { person: 'edits-hidden' },
    found: 'the month tab is not whole',
  },
  'forgets the staging tab of a dead run': {
    at: asks(':batchUpdate'),
    act: { fault: 'killed-after' },
    found: 'staging tab left',
  },
  'does not look into Sent for a mail that may be out': {
    at: asks('messages/send'),
    act: { reply: 'lost', to: 'all' },
    found: 'nobody looked',
  },
};

test.each(MUTANTS)(
  'Purser that $name is found out',
  async (mutant) => {
    const bite = BITES[mutant.name];
    if (bite === undefined) throw new Error(`Nobody says where “${mutant.name}” bites.`);
    const calls = kind.calls.filter(bite.at);
    expect(calls).not.toHaveLength(0);
    const scenarios = calls.map(
      ({ call }): Scenario => ({
        scene: kind.scene,
        first: kind.first,
        moves: [{ execution: 0, call, act: bite.act }],
        outage: null,
      }),
    );
    expect(await simulation.violations(scenarios)).toEqual({});
    const bundle = join(folder, mutant.name);
    await build({ outDir: bundle, regions: REGIONS, plugins: [mutating(mutant)] });
    const found = Object.values(await simulation.violations(scenarios, { bundle })).flat();
    expect(found).toContainEqual(expect.stringContaining(bite.found));
  },
  PATIENCE_MS,
);

test('a bug whose place is not there any more is an error of the build', async () => {
  const gone = { name: 'gone', mutations: [{ file: 'src/host/lease.ts', find: 'no such text', put: '' }] };
  const out = join(folder, 'gone');
  await expect(build({ outDir: out, regions: REGIONS, plugins: [mutating(gone)] })).rejects.toThrow(
    '“gone” finds its text 0 times in src/host/lease.ts',
  );
});
