import { escapeHtml, statementMail } from '../../src/statement/mail-words.ts';
import type { ComparedMonth } from '../../src/statement/statement.ts';
import { sampleStatement } from '../tools/sample-statement.ts';

const comparison: readonly ComparedMonth[] = [
  {
    label: 'April 2026',
    month: '2026-04',
    reportableCents: 18_000_000,
    changeCents: -578_650,
    percentTenths: -32,
  },
  {
    label: 'May 2025',
    month: '2025-05',
    reportableCents: 16_221_350,
    changeCents: 1_200_000,
    percentTenths: 74,
  },
];
const FILE = 'statement-2026-05.xlsx';

test('the text reads as a partner reads it: the figures under one another, the notes, what identifies it', () => {
  expect(statementMail(sampleStatement({ comparison }), FILE).text).toBe(
    `Attached is the revenue statement of Blue Heron Charters for May 2026.

  Completed charters           84
  Guests aboard             1,432
  of them comps                37
  Paying guests             1,395
  Reportable revenue  $174,213.50
  Recorded revenue    $174,213.50
  Difference                $0.00

Reportable revenue is $5,786.50 less than April 2026 (-3.2 %) and $12,000.00 more than May 2025 (+7.4 %).
Revenue counts on the day of sailing. Tax, fees and gratuity are outside revenue.

- May 9, 17:30, Osprey: cancelled for weather; the deposit of $125.00 was kept.
- May 23, 09:00, Great Egret: 2 comps, crew guests (J. Ortiz).

Statement PRSK3QD202605V1, version 1
Fingerprint 9f2c41d0ab73
Data as of 2026-06-01 06:00 from us-east-1; us-west-2 agrees
Attached: ${FILE}
`,
  );
});

test('a month that is counted from the ledger, for want of a statement, is said to be', () => {
  const [april, may] = comparison;
  const wordsOf = (...months: readonly (ComparedMonth | undefined)[]): string =>
    statementMail(
      sampleStatement({
        comparison: months.flatMap((month) => (month === undefined ? [] : [{ ...month, fromLedger: true }])),
      }),
      FILE,
    ).text;
  expect(wordsOf(april)).toContain('\nApril 2026 is counted from the charters as they are recorded now.\n');
  expect(wordsOf(april, may)).toContain('\nApril 2026 and May 2025 are counted from the charters');
});

test('the HTML says the same: every line of the text is in it', () => {
  const { text, html } = statementMail(sampleStatement({ comparison }), FILE);
  const shown = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  for (const line of text.split('\n')) {
    for (const piece of line.split(/ {2,}/)) expect(shown).toContain(piece.replace(/^- /, '').trim());
  }
});

test('a corrected statement says so, and what it replaces', () => {
  const { text, html } = statementMail(sampleStatement({ version: 3, code: 'PRSK3QD202605V3' }), FILE);
  for (const words of [text, html]) {
    expect(words).toContain(
      'a corrected statement of Blue Heron Charters for May 2026, version 3. It replaces version 2.',
    );
  }
});

test('a month that nothing is known to compare with is not compared; one that is equal is said to be', () => {
  expect(statementMail(sampleStatement(), FILE).text).not.toContain('Reportable revenue is');
  const [same] = comparison;
  const equal = same === undefined ? [] : [{ ...same, changeCents: 0, percentTenths: null }];
  const { text } = statementMail(sampleStatement({ comparison: equal }), FILE);
  expect(text).toContain('Reportable revenue is the same as April 2026.\n');
});

test('without notes there is no empty list', () => {
  const { text, html } = statementMail(sampleStatement({ footnotes: [] }), FILE);
  expect(html).not.toContain('<ul');
  expect(text).not.toContain('\n\n\n');
});

test('names and notes from outside stay text', () => {
  const evil = `<img src=x onerror="alert(1)"> & 'co'`;
  const { html } = statementMail(sampleStatement({ company: evil, footnotes: [evil] }), `${evil}.xlsx`);
  expect(html).not.toContain('<img');
  expect(html.split(escapeHtml(evil)).length - 1).toBe(5);
  expect(escapeHtml(evil)).toBe('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;co&#39;');
});

test('another currency and a negative difference are shown as such', () => {
  const base = sampleStatement();
  const { text } = statementMail(
    sampleStatement({ currency: 'EUR', totals: { ...base.totals, differenceCents: -12_550 } }),
    FILE,
  );
  expect(text).toMatch(/Difference +-EUR 125\.50\n/);
});
