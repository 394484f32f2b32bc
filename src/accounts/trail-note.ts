/** A line in the trail of what changes no account's record. */
import type { Host } from '../host/host.ts';
import { isoTime } from './account-store.ts';
import { persistently } from './persistently.ts';
import type { TrailEvent } from './trail.ts';
import { trailEntry } from './trail.ts';

/** Written before what it tells of is done: what goes unsaid must not be done. @throws PurserError the store's failure */
export function noteInTrail(host: Host, told: Pick<TrailEvent, 'what' | 'by' | 'detail'>): void {
  persistently(host, () => {
    const store = host.properties('user');
    const event: TrailEvent = { at: isoTime(host.now()), subject: '', email: '', times: 1, ...told };
    store.write(trailEntry(store.readAll(), [event]));
  });
}
