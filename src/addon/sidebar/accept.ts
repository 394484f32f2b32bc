/** A finding accepted from the sidebar: the row for the tab `Purser accepted`, and the view after it. */
import * as v from 'valibot';
import { requireOwner } from '../../accounts/trigger-owner.ts';
import { PurserError } from '../../host/errors.ts';
import { acceptFinding } from '../../run/accept-finding.ts';
import type { AcceptedFinding, Answer, SidebarView } from '../../sidebar/month/contract.ts';
import type { Month } from '../../statement/month.ts';
import { answered } from './answer.ts';
import { requireMonth } from './facts.ts';
import { readFindingKey } from './findings-view.ts';
import { readView } from './view.ts';

const Asked = v.object({
  key: v.string(),
  reason: v.pipe(v.string(), v.maxLength(2000)),
  name: v.pipe(v.string(), v.maxLength(200)),
});

/** Somebody else may have accepted it meanwhile: it is then accepted once. */
export function sidebarAccept(month: Month, accepted: AcceptedFinding): Answer<SidebarView> {
  return answered((host) => {
    requireMonth(month);
    const asked = v.safeParse(Asked, accepted);
    const found = asked.success ? readFindingKey(asked.output.key) : null;
    if (!asked.success || found === null) {
      throw new PurserError('acceptance-refused', {
        what: 'Purser can’t tell which finding is meant, or the reason or the name is too long. Nothing was accepted.',
        now: 'Check the month again, and accept the finding as it is then.',
      });
    }
    requireOwner(host, host.properties('document').readAll());
    const { reason, name } = asked.output;
    acceptFinding(host, { ...found.key, month, reason, who: name, before: found.before });
    return readView(host, month);
  });
}
