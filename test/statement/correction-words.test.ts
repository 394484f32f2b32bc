import { correctionWords, differenceLines } from '../../src/statement/correction-words.ts';
import type { LineChange, StatementDifferences } from '../../src/statement/differences.ts';
import { statementMail } from '../../src/statement/mail-words.ts';
import { sampleStatement } from '../tools/sample-statement.ts';

const line = (more: Partial<LineChange>): LineChange => ({
  id: 'BH-2026-05-017',
  date: '2026-05-16',
  vessel: 'Blue Heron',
  kind: 'changed',
  sentCents: 137_500,
  nowCents: 125_000,
  deltaCents: -12_500,
  words: ['guests 13 → 12', 'recorded $1,375.00 → $1,250.00'],
  ...more,
});
const LATE = line({
  id: 'OS-9',
  date: '2026-05-30',
  vessel: 'Osprey',
  kind: 'added',
  sentCents: 0,
  nowCents: 100_000,
  deltaCents: 100_000,
  words: ['not in the statement that was sent'],
});
const differences: StatementDifferences = {
  lines: [line({}), LATE],
  totals: [
    { label: 'Paying guests', sent: 1_394, now: 1_401, unit: 'count' },
    { label: 'Reportable revenue', sent: 17_333_850, now: 17_421_350, unit: 'cents' },
  ],
  deltaCents: 87_500,
  hash: 'x',
};
const NOTE = { code: 'PRSK3QD202605V1', sentOn: '2026-06-01', differences };
const STATEMENT = sampleStatement({ version: 2, code: 'PRSK3QD202605V2' });

test('the mail begins with what it replaces, and says under one another what was sent and what is so now', () => {
  const { text } = statementMail(STATEMENT, 'x.xlsx', correctionWords(STATEMENT, NOTE));
  expect(text.slice(0, text.indexOf('Attached is'))).toBe(
    `This corrects the statement PRSK3QD202605V1 of June 1, 2026, which it replaces.

What has changed:

                                                   Sent          Now      Change
  May 16, 2026, Blue Heron, BH-2026-05-017    $1,375.00    $1,250.00    -$125.00
    guests 13 → 12; recorded $1,375.00 → $1,250.00
  May 30, 2026, Osprey, OS-9                          –    $1,000.00  +$1,000.00
    not in the statement that was sent

  Paying guests                                   1,394        1,401          +7
  Reportable revenue                        $173,338.50  $174,213.50    +$875.00

`,
  );
});

test('the HTML says the same, before the figures', () => {
  const words = correctionWords(STATEMENT, NOTE);
  const { html } = statementMail(STATEMENT, 'x.xlsx', words);
  const shown = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  for (const row of words.text.split('\n'))
    for (const piece of row.split(/ {2,}/)) expect(shown).toContain(piece.replace(/:$/, '').trim());
  expect(shown.indexOf('which it replaces')).toBeLessThan(shown.indexOf('Completed charters'));
  expect(html.match(/<tr>/g)?.length).toBe(html.match(/<\/tr>/g)?.length);
});

test('a charter’s name from outside stays text', () => {
  const evil = '<img src=x onerror=alert(1)>';
  const lines = [line({ id: evil, vessel: evil, words: [evil] })];
  const { html } = correctionWords(STATEMENT, { ...NOTE, differences: { ...differences, lines } });
  expect(html).not.toContain('<img');
});

test('of very many charters the table shows some, and its sum for the rest: the changes still add up', () => {
  const lines = Array.from({ length: 250 }, (_, index) => line({ id: `C-${index}` }));
  const { text } = correctionWords(STATEMENT, { ...NOTE, differences: { ...differences, lines } });
  expect(text).toContain('150 more charters');
  expect(text).toContain('-$18,750.00');
  expect(text).not.toContain('C-100,');
});

test('crew and notes that changed are said without an amount', () => {
  const crew = line({ nowCents: 137_500, deltaCents: 0, words: ['crew Tom → Ann'] });
  const only = { ...differences, lines: [crew], totals: [] };
  expect(differenceLines(only, 'USD')).toEqual(['May 16, 2026, Blue Heron, BH-2026-05-017: crew Tom → Ann']);
  expect(correctionWords(STATEMENT, { ...NOTE, differences: only }).text).toMatch(/\$1,375\.00 +–\n/);
});
