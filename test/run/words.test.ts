/** What a person reads of how a run ended. */
import { sentBefore, unknownWords } from '../../src/run/make-report.ts';
import type { RunReport } from '../../src/run/report.ts';
import { emptyReport } from '../../src/run/report.ts';
import { headline } from '../../src/run/words.ts';
import { draft } from '../delivery/outbox-scene.ts';

const report = (changes: Partial<RunReport>): RunReport => ({ ...emptyReport('2026-05'), ...changes });
const spent = { code: 'time-budget-spent', message: 'It goes on by itself within minutes.' };

test.each<[string, Partial<RunReport>, string]>([
  ['that was cut off', { error: spent }, 'The statement for May 2026 is not finished yet.'],
  [
    'that was cut off, of version 2',
    { error: spent, version: 2 },
    'The corrected statement for May 2026 is not finished yet.',
  ],
  [
    'that is held',
    { status: 'held' },
    'The statement for May 2026 is held: something must be put right first. Nothing was filed or sent.',
  ],
  [
    'that is held by what filing has shown',
    { status: 'held', fileId: 'file-1' },
    'The statement for May 2026 is held: something must be put right first. It is filed, and nothing was sent.',
  ],
])('a run %s is told of as it is', (_how, changes, words) => {
  expect(headline(report(changes))).toBe(words);
});

test.each([
  ['outbox.statement.2026-05.V1', 'Send statement…'],
  ['outbox.statement.2026-05.V2', 'Corrected statement…'],
])(
  'of a mail whose record is lost, and that may be out, it names the item that looks for it: %s',
  (id, item) => {
    const lost = { ...draft({ id, state: 'unknown' }), statement: undefined };
    expect(unknownWords(lost, 'PRSYYPK202605V2').message).toContain(`Choose ${item} again`);
  },
);

test('a corrected statement that Sent alone knows is told of as one', () => {
  const found = draft({ id: 'outbox.statement.2026-05.V2', state: 'sent' });
  expect(headline(sentBefore('2026-05', found))).toContain(
    'The corrected statement for May 2026 is already sent',
  );
});
