/**
 * Who calls what the clock starts. A page of the web app hands its visitor `google.script.run`, and that reaches every
 * exported function, as the one who deployed it (developers.google.com/apps-script/guides/html/communication).
 */
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';

/**
 * Whether one of this account's own triggers fired, or the person chose Run in the editor. Its id comes with the event
 * (developers.google.com/apps-script/guides/triggers/events#time-driven-events) and is shown to nobody else, so that no
 * visitor can name it. Says in the log when it is none.
 *
 * @param event as the platform gave it, or as anybody made it up
 * @throws PurserError `not-trigger-owner` for an id that is none of them, and what the platform throws when it won't list
 * the triggers: a trigger that fails is seen under Executions, and Google mails its owner; one that does nothing is not
 */
export function isOwnTrigger(host: Host, event: unknown): boolean {
  const id = idOf(event);
  if (id === null) {
    const visitor = host.visitorEmail();
    if (visitor !== '' && visitor.toLowerCase() === host.userEmail().toLowerCase()) return true;
    host.log({ event: 'not-our-trigger', named: false });
    return false;
  }
  const triggers = host.triggers().list();
  if (triggers.some((trigger) => trigger.id === id)) return true;
  host.log({ event: 'not-our-trigger', named: true });
  throw new PurserError('not-trigger-owner', {
    what: 'None of this account’s triggers started this. Nothing was done.',
    now: 'If a trigger of Purser did, choose Purser › Set up…, which makes them anew.',
  });
}

function idOf(event: unknown): string | null {
  const id: unknown =
    typeof event === 'object' && event !== null && 'triggerUid' in event && event.triggerUid;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}
