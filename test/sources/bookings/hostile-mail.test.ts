import fc from 'fast-check';
import { linesOfHtml } from '../../../src/sources/bookings/html-lines.ts';
import { readBookingMail } from '../../../src/sources/bookings/read-booking-mail.ts';
import { isClockTime, isIsoDate } from '../../../src/statement/month.ts';

const SCRAPS = [
  '<table>',
  '</table>',
  '<tr>',
  '<td>',
  '</td>',
  '<p>',
  '<b>',
  '</b>',
  '<s>',
  '<!--',
  '-->',
  '<script>',
  '</script>',
  '<a href="',
  "'",
  '"',
  '>',
  '<',
  '&nbsp;',
  '&#0;',
  '&#x110000;',
  '<blockquote>',
  '<div style="display:none">',
  '</div>',
  '\n',
  '\t',
  ' | ',
  'Booking reference: ',
  'AB-1234',
  'Date',
  ': ',
  '05/06/2026',
  'May 14',
  '2026',
  'Guests',
  'six',
  ' adults',
  '5:30',
  ' PM',
  '$1,250.00',
  '1.2.3',
  'Total',
  '....',
  'On Mon, May 4, 2026 X wrote:',
  '> ',
  'From: a',
  'Sent: b',
  'Subject: c',
  'cancelled',
  ' aboard ',
  'Sea Breeze',
  '\u0000',
  '\ud800',
  '\u200b',
  'Ã¼',
  '=\n',
  '=C3',
  'Name',
  'Berg, Anna',
  '->',
] as const;
const soup = fc
  .array(fc.oneof(fc.constantFrom(...SCRAPS), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 60 })
  .map((parts) => parts.join(''));

function read(text: string | null, html: string | null, subject = 'Booking AB-1234 confirmed') {
  return readBookingMail(
    { messageId: 'm', receivedAt: '2026-05-02T09:00:00Z', subject, from: '', text, html },
    { synonyms: {}, locale: 'month-first' },
  );
}

test('no mail makes the reader throw, and all that it reads has its shape', () => {
  fc.assert(
    fc.property(soup, soup, soup, (text, html, subject) => {
      for (const word of [...read(text, html, subject), ...read(null, text), ...read(html, null)]) {
        expect(word.date === null || isIsoDate(word.date)).toBe(true);
        expect(word.departs === null || isClockTime(word.departs)).toBe(true);
        expect(word.partySize === null || (Number.isInteger(word.partySize) && word.partySize >= 0)).toBe(
          true,
        );
        expect(word.amountCents === null || Number.isSafeInteger(word.amountCents)).toBe(true);
        expect(word.reference === null || word.reference.length > 0).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

test('what a mail announces is never dropped', () => {
  fc.assert(
    fc.property(soup, (text) => expect(read(text, null).length).toBeGreaterThan(0)),
    { numRuns: 200 },
  );
});

test.each([
  ['open tables', null, '<table><tr><td>'],
  ['cells that never end', null, '<td>x'],
  ['unclosed tags', null, '<a '],
  ['quotes that never close', null, `<a "'>`],
  ['entities', null, '&amp'],
  ['hidden blocks', null, '<div hidden>x'],
  ['quotes in quotes', null, '<blockquote>x'],
  ['half comments', null, '<!-- <'],
  ['bold in one line', null, 'a<b>x</b>'],
  ['labels', 'ref: ', null],
  ['rows of labels', 'Ref | Date | Guest | Pax\n', null],
  ['bookings', 'Booking reference: A12\nDate: 5/6/2026\n', null],
  ['headers', 'From: a\nSent: b\nTo: c\nSubject: d\n\n', null],
  ['numbers', '1,234', null],
  ['names', 'Guest: Mr and Mrs Anna van de Berg\n', null],
  ['quote marks', '>', null],
  ['blanks', ' ', null],
  ['rulers', '-- -- -- --\n', null],
  ['rows under rulers', '-- -- -- --\na  b  c  d\n', null],
  ['numbered sections', '[1] a\n[2] b\n', null],
  ['lines of a bill', '4 Adults   $3\n', null],
  ['struck rows', null, '<tr style="text-decoration:line-through"><td>x'],
])('half a megabyte of %s is read to its end', (_, text, html) => {
  const fill = (scrap: string | null) =>
    scrap === null ? null : scrap.repeat(Math.ceil(500_000 / scrap.length));
  const words = read(fill(text), fill(html));
  for (const { problems } of words) expect(problems.join(' ').length).toBeLessThan(2000);
});

test('a body of 8 MB is read at its beginning, and says so', () => {
  const body = `Booking reference: AB-1234\nDate: May 14, 2026\n${'We look forward to it.\n'.repeat(350_000)}`;
  expect(read(body, null)).toMatchObject([
    { reference: 'AB-1234', problems: [expect.stringContaining('too long')] },
  ]);
});

test('scripts, styles, comments, hidden and struck-out words are not read', () => {
  const { lines } = linesOfHtml(
    '<style>p{}</style><script>var a = "<p>Guests: 9</p>";</script><!-- Guests: 8 --><p hidden>Guests: 7</p><p><s>Guests: 6</s> Guests: 5</p><noscript>Guests: 4</noscript>',
  );
  expect(
    lines
      .map((line) => line.cells.join(' '))
      .join(' ')
      .trim(),
  ).toBe('Guests: 5');
});

test('a table keeps its rows as lines and its columns as cells, empty ones too', () => {
  const { lines } = linesOfHtml(
    '<table><tr><th>Ref<th>Date</tr><tr><td>A1</td><td></td><td><p>x</p></td></tr></table>',
  );
  expect(lines.filter((line) => line.cells.join('') !== '').map((line) => line.cells)).toEqual([
    ['Ref', 'Date'],
    ['A1', '', 'x'],
  ]);
});
