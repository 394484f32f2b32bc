/** The point “Test statement to yourself”. */
import type { SendResult } from '../../delivery/outbox.ts';
import type { Host } from '../../host/host.ts';
import type { TestStatement } from '../../run/test-statement.ts';
import { sendTestStatement } from '../../run/test-statement.ts';
import type { LinkView } from '../../sidebar/month/contract.ts';
import { monthLabel } from '../../statement/month.ts';
import type { Found } from './found.ts';
import { attention, failed, good } from './found.ts';

export function testStatement(host: Host, properties: Readonly<Record<string, string>>): Found {
  const test = sendTestStatement(host, properties);
  const links: LinkView[] = test.url === null ? [] : [{ kind: 'mail', label: 'The mail', url: test.url }];
  const { result } = test;
  switch (result.kind) {
    case 'sent':
      return good(sentWords(test), links);
    case 'taken':
      return takenFound(test, result, links);
    case 'unknown':
      return attention([result.error.what], `${result.error.now} Look into your inbox.`, links);
    case 'waits':
    case 'refused':
      return failed([result.error.what], result.error.now, links);
  }
}

function sentWords({ month, to, fileName, bytes, isHeld, wouldGoTo }: TestStatement): string[] {
  const others =
    wouldGoTo.length === 0
      ? 'The statement itself would go to nobody yet: enter “Statement recipients” in the settings.'
      : `The statement itself would go to ${wouldGoTo.join(', ')}.`;
  return [
    `${monthLabel(month)} went to ${to} alone, with ${fileName} (${Math.ceil(bytes / 1024)} KB).`,
    others,
    ...(isHeld ? ['It would be held as things are: look at the month’s findings.'] : []),
  ];
}

function takenFound(
  { month, to }: TestStatement,
  { record }: Extract<SendResult, { kind: 'taken' }>,
  links: readonly LinkView[],
): Found {
  const name = `The very same test of ${monthLabel(month)}`;
  if (record.state === 'sent') return good([`${name} went to ${to} earlier today.`], links);
  return attention(
    [`${name} was begun earlier today, and nobody can tell whether it went out.`],
    'Look into your inbox. Tomorrow, or after a change of charters, settings or Template, another one can be sent.',
    links,
  );
}
