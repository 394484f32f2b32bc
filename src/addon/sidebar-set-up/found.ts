/** What a test of the checklist found, as the sidebar shows it. */
import { PurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import type { LinkView, SetUpCheck, SetUpCheckId } from '../../sidebar/month/contract.ts';
import { sidebarError } from '../sidebar/answer.ts';

/** Of a point of the checklist. */
export type Found = Omit<SetUpCheck, 'id' | 'title'>;

export function good(words: readonly string[], links: readonly LinkView[] = []): Found {
  return { state: 'good', words, fix: '', links };
}

/** It works, but a person should look at it. */
export function attention(words: readonly string[], fix: string, links: readonly LinkView[] = []): Found {
  return { state: 'attention', words, fix, links };
}

export function failed(words: readonly string[], fix: string, links: readonly LinkView[] = []): Found {
  return { state: 'failed', words, fix, links };
}

export function failedBy(host: Host, thrown: unknown, links: readonly LinkView[] = []): Found {
  const { what, now } = sidebarError(host, thrown);
  return failed([what], now, links);
}

/** What each point is called, and what its test does. */
export const POINTS: Readonly<Record<SetUpCheckId, { readonly title: string; readonly does: string }>> = {
  settings: { title: 'Settings', does: 'Reads the settings and names every value that is not right.' },
  template: {
    title: 'Template',
    does: 'Looks for unknown placeholders, for what the XLSX can’t carry, and whether last month’s tab looks like it.',
  },
  tables: {
    title: 'Tables in AWS',
    does: 'Asks both regions for the charters of this and last month, and the roster.',
  },
  mail: { title: 'Booking mail', does: 'Counts last month’s mail that the search finds.' },
  folder: { title: 'Statements folder', does: 'Looks whether statements can be filed in Drive.' },
  triggers: { title: 'Triggers', does: 'Looks whether the clock starts Purser, and as whom.' },
  'test-statement': {
    title: 'Test statement to yourself',
    does: 'Mails you last month’s statement as it would go out now. Nobody else gets it; nothing is posted or filed.',
  },
  'make-again': {
    title: 'A month that you sent already',
    does: 'Makes a month again that you have sent, and compares it with its tab cell by cell. Nothing is written.',
  },
};

/** @throws PurserError for what is no point of the checklist */
export function pointOf(id: unknown): SetUpCheckId {
  const known = Object.keys(POINTS).find((one): one is SetUpCheckId => one === id);
  if (known !== undefined) return known;
  throw new PurserError('unexpected', {
    what: 'Purser does not know that point of the checklist.',
    now: 'Close the sidebar and open it again.',
  });
}
