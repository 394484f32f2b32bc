import { escapeHtml, statementMail } from '../../src/statement/mail-words.ts';
import { sampleStatement } from '../tools/sample-statement.ts';

const FILE = 'statement-2026-05.xlsx';

test('the text reads as a partner reads it: the figures under one another, the notes, what identifies it', () => {
  expect(statementMail(sampleStatement(), FILE).text).toBe(
    `Attached is the revenue statement of Blue Heron Charters for May 2026.

  Completed charters           84
  Guests aboard             1,432
  of them comps                37
  Paying guests             1,395
  Reportable revenue  $174,213.50
  Recorded revenue    $174,213.50
  Difference                $0.00

Revenue counts on the day of sailing. Tax, fees and gratuity are outside revenue.

- May 9, 17:30, Osprey: cancelled for weather; the deposit of $125.00 was kept.
- May 23, 09:00, Great Egret: 2 comps, crew guests (J. Ortiz).

Statement PRSK3QD202605V1, version 1
Fingerprint 9f2c41d0ab73
Data as of 2026-06-01 06:00
Attached: ${FILE}
`,
  );
});

test('the HTML says the same: every line of the text is in it', () => {
  const { text, html } = statementMail(sampleStatement(), FILE);
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
