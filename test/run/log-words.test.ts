import type { RunEnd } from '../../src/run/log-words.ts';
import { runWords, sameTrouble } from '../../src/run/log-words.ts';
import type { Finding } from '../../src/statement/findings.ts';

const found = (changes: Partial<Finding> = {}): Finding => ({
  code: 'revenue-differs',
  severity: 'block',
  charterId: 'c-1',
  cents: 100,
  message: '',
  links: [],
  ...changes,
});
const end = (changes: Partial<RunEnd>): RunEnd => ({
  month: '2026-05',
  version: 1,
  status: 'failed',
  alreadySent: false,
  statementCode: 'PRSK3QD202605V1',
  to: ['grace@tidewater.example', 'ines@tidewater.example'],
  cc: ['books@harbor.example'],
  findings: [],
  error: null,
  ...changes,
});
const accepted = { who: 'Dana', on: '', reason: 'Known' };

test.each<[string, Partial<RunEnd>, string]>([
  [
    'sent',
    { status: 'sent' },
    'May 2026’s statement PRSK3QD202605V1 is sent, to grace@tidewater.example, ines@tidewater.example; Cc books@harbor.example.',
  ],
  [
    'sent, with nobody in Cc',
    { status: 'sent', to: ['a@b.example'], cc: [] },
    'May 2026’s statement PRSK3QD202605V1 is sent, to a@b.example.',
  ],
  [
    'sent, a corrected one',
    { status: 'sent', version: 2, statementCode: 'PRSK3QD202605V2', to: ['a@b.example'], cc: [] },
    'May 2026’s corrected statement PRSK3QD202605V2 is sent, to a@b.example.',
  ],
  [
    'ready, after an approval that does not hold any more',
    { status: 'ready', voided: 'The charters have changed.' },
    'May 2026’s statement PRSK3QD202605V1 is ready and waits for a person to send it. The charters have changed.',
  ],
  [
    'sent before',
    { status: 'sent', alreadySent: true, statementCode: '' },
    'May 2026’s statement was sent before; nothing was sent again.',
  ],
  [
    'held',
    {
      status: 'held',
      findings: [
        found(),
        found({ charterId: 'c-2' }),
        found({ code: 'crew-unknown', severity: 'warn' }),
        found({ code: 'status-open', accepted }),
      ],
    },
    'May 2026 is held by revenue-differs ×2. Nothing was sent.',
  ],
  [
    'held by what weighs less by the settings',
    { status: 'held', findings: [found({ code: 'tab-edited', severity: 'warn' })] },
    'May 2026 is held by tab-edited. Nothing was sent.',
  ],
  [
    'ready',
    {
      status: 'ready',
      findings: [
        found({ code: 'crew-unknown', severity: 'warn' }),
        found({ severity: 'info' }),
        found({ accepted }),
      ],
    },
    'May 2026’s statement PRSK3QD202605V1 is ready and waits for a person to send it. To look at: crew-unknown.',
  ],
  [
    'in doubt',
    { status: 'unknown', error: { code: 'send-unknown', message: 'Look into Sent.' } },
    'Nobody can tell whether May 2026’s statement PRSK3QD202605V1 went out. It is not sent again unless a person says so.',
  ],
  [
    'cut off',
    {
      error: {
        code: 'time-budget-spent',
        message: 'The run stopped itself. It goes on by itself within minutes.',
      },
    },
    'May 2026 is not finished. The run stopped itself. It goes on by itself within minutes.',
  ],
  [
    'failed',
    { error: { code: 'network-failed', message: 'Google did not answer. Try again.' } },
    'May 2026 could not be finished. Google did not answer. Try again.',
  ],
  [
    'failed, a corrected statement',
    { version: 2, statementCode: '', error: { code: 'network-failed', message: 'Google did not answer.' } },
    'May 2026’s corrected statement could not be finished. Google did not answer.',
  ],
  [
    'held, a corrected statement',
    { status: 'held', version: 2, statementCode: 'PRSK3QD202605V2', findings: [found()] },
    'May 2026’s corrected statement PRSK3QD202605V2 is held by revenue-differs. Nothing was sent.',
  ],
  [
    'a month that is none',
    { month: 'Maytember\n', error: { code: 'month-invalid', message: 'That is not a month.' } },
    '“Maytember ” could not be finished. That is not a month.',
  ],
])('of a run that ended %s the log says so', (_how, changes, words) => {
  expect(runWords(end(changes))).toBe(words);
});

test('a failure that tells other seconds each hour is the same trouble; another month’s, or another service’s, is not', () => {
  const failed = (message: string): string =>
    sameTrouble(end({ error: { code: 'network-failed', message } }));
  expect(failed('Stopped after 271 seconds.')).toBe(failed('Stopped after 268 seconds.'));
  expect(failed('Gmail did not answer.')).not.toBe(failed('Drive did not answer.'));
  const held = (findings: Finding[]): string => sameTrouble(end({ status: 'held', findings }));
  expect(held([found(), found()])).not.toBe(held([found(), found(), found()]));
});
