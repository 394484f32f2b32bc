/** The workbench’s clock, moved by a person. */
import type { Session } from './session.ts';
import { wordsOf } from './session.ts';
import type { Stage } from './stage.ts';
import { wallText } from './wall-clock.ts';

/** Fires each trigger at its time on the way, unless the person stops it. @returns what came of it, a sentence */
export function moveFiring(session: Session, stage: Stage, toMs: number): string {
  const { clock, appsScript } = session.world.workspace;
  let fired = 0;
  const problems: string[] = [];
  for (;;) {
    const due = appsScript.triggers().flatMap(({ nextMs }) => (nextMs === null ? [] : [nextMs]));
    const next = Math.min(...due);
    if (next > toMs || stage.isStopped()) break;
    clock.set(Math.max(next, clock.now()));
    session.faults.renew();
    stage.tell(wallText(clock.now(), session.world.timeZone));
    for (const { trigger, error } of appsScript.fireDue()) {
      fired += 1;
      if (error !== null) problems.push(`${trigger.handler}: ${wordsOf(error)}`);
    }
  }
  if (!stage.isStopped()) clock.set(Math.max(toMs, clock.now()));
  session.faults.renew();
  const words = fired === 1 ? 'One trigger was fired.' : `${fired} triggers were fired.`;
  const stopped = stage.isStopped() ? ' You stopped the clock on its way.' : '';
  if (problems.length > 0) throw new Error(`${words}${stopped} It failed: ${problems.join('; ')}`);
  return `${words}${stopped}`;
}
