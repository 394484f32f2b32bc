/**
 * One execution ends an access while another connects the same account anew, interleaved at every call to the platform,
 * with failures at any of them: what the record says is connected was never revoked by Purser.
 */
import fc from 'fast-check';
import { readAccount } from '../../src/accounts/account-store.ts';
import {
  beginConnect,
  discardConnection,
  finishConnect,
  waitingConnections,
} from '../../src/accounts/connect.ts';
import { disconnectAccount } from '../../src/accounts/disconnect.ts';
import { asPurserError } from '../../src/host/errors.ts';
import type { Host } from '../../src/host/host.ts';
import { OWNER } from '../tools/fake-host.ts';
import type { FaultKind } from '../tools/interleave.ts';
import { interleave } from '../tools/interleave.ts';
import { DOCK, OFFICE, type Scene, scene } from './fake-google.ts';

const schedules = fc.array(fc.nat(2), { maxLength: 80 });
const kinds = fc.constantFrom<FaultKind>(
  'throw-before',
  'throw-after',
  'kill-before',
  'kill-after',
  { reply: { status: 503, body: '<html>Service Unavailable</html>' }, arrived: false },
  { reply: { status: 503, body: '<html>Service Unavailable</html>' }, arrived: true },
  { reply: { status: 200, body: '<html>Sign in</html>' }, arrived: false },
);
const faultLists = fc.array(fc.record({ program: fc.nat(2), call: fc.nat(24), kind: kinds }), {
  maxLength: 4,
});
const roundTimes = fc.constantFrom(200, 20_000);

type Program = (host: Host) => string;

/** The person has consented in the browser; the program is the execution that Google's answer starts. */
function connecting(world: Scene): Program {
  const { url } = beginConnect(world.host, { purposes: ['send'], expected: null, loginHint: null });
  const parameter = world.consent(url, OFFICE);
  return (host) => finishConnect(host, parameter, 'callback').kind;
}

function orCode(action: () => string): string {
  try {
    return action();
  } catch (thrown) {
    return asPurserError(thrown).code;
  }
}

const disconnecting: Program = (host) => orCode(() => disconnectAccount(host, OFFICE.subject, OWNER).revoked);

/** The account is connected; or waits, because another one was expected. */
function begun(how: 'connected' | 'waiting'): { world: Scene; ending: Program } {
  const world = scene();
  if (how === 'connected') {
    world.connect(OFFICE, ['send']);
    return { world, ending: disconnecting };
  }
  world.connect(DOCK, ['send']);
  world.connect(OFFICE, ['send'], { expected: DOCK.subject });
  const [waiting] = waitingConnections(world.mine());
  const id = waiting?.id ?? '';
  const ending: Program = (host) =>
    orCode(() => {
      discardConnection(host, id);
      return 'discarded';
    });
  return { world, ending };
}

function recordOf(world: Scene) {
  return readAccount(world.mine(), OFFICE.subject);
}

test.each(['connected', 'waiting'] as const)(
  'an account that was %s: whatever fails, what the record says is connected was never revoked by us',
  (how) => {
    fc.assert(
      fc.property(schedules, faultLists, roundTimes, fc.boolean(), (schedule, faults, roundMs, isTwice) => {
        const { world, ending } = begun(how);
        const runs = [ending, connecting(world), ...(isTwice ? [connecting(world)] : [])];
        interleave(world.host, runs, { schedule, faults, roundMs });
        const record = recordOf(world);
        if (record !== null) expect(world.honors(record.refreshToken)).toBe(true);
      }),
      { numRuns: 100 },
    );
  },
);

test('when nothing fails there is a record whose tokens work, or no access left at Google', () => {
  fc.assert(
    fc.property(schedules, roundTimes, fc.boolean(), (schedule, roundMs, isTwice) => {
      const { world, ending } = begun('connected');
      const runs = [ending, connecting(world), ...(isTwice ? [connecting(world)] : [])];
      const { ended } = interleave(world.host, runs, { schedule, roundMs });
      expect(ended.map(({ how }) => how)).not.toContain('threw');
      expect(world.isGranted(OFFICE)).toBe(recordOf(world) !== null);
      expect(Object.keys(world.mine()).filter((key) => key.startsWith('lease.'))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
