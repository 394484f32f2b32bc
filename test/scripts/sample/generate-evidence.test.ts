import { simpleParser } from 'mailparser';
import { generateMonth } from '../../../scripts/local/generate.ts';
import { generateEvidence } from '../../../scripts/local/generate-evidence.ts';
import { jsonLines } from '../../../scripts/sample/statements.ts';
import { readPapers } from '../read-evidence.ts';

const MONTH = '2026-05';
const SIZES = [1, 3, 7, 14, 21, 31] as const;

function made(charters: number, seed: number, month = MONTH) {
  const generated = generateMonth({ month, charters, seed });
  return { generated, evidence: generateEvidence(generated, { seed }) };
}

async function audited(charters: number, seed: number, month = MONTH) {
  const { generated, evidence } = made(charters, seed, month);
  const papers = await readPapers({
    charterLines: jsonLines(generated.charters),
    mails: evidence.mails.map(({ eml }) => eml),
    tripSheets: evidence.tripSheets,
  });
  return { generated, evidence, papers, drafts: papers.audit(month) };
}

test('on 50 clean months the audit of evidence finds nothing', async () => {
  for (let seed = 1; seed <= 50; seed++) {
    const { papers, drafts } = await audited(SIZES[seed % SIZES.length] ?? 31, seed);
    const problems = [...papers.words, ...papers.sheets].flatMap((read) => read.problems);
    expect({ seed, drafts, problems }).toEqual({ seed, drafts: [], problems: [] });
  }
}, 120_000);

test.each(['2026-02', '2026-11', '2026-12'])('%s is clean too, whatever the clocks do', async (month) => {
  expect((await audited(90, 5, month)).drafts).toEqual([]);
});

test('every booking and every charter that sailed has its paper, matched for certain', async () => {
  const { generated, papers } = await audited(300, 8);
  for (const { charter, bookings, sheets, proposed } of papers.matches.charters) {
    expect([charter.id, bookings.map(({ reference }) => reference).sort()]).toEqual([
      charter.id,
      [...charter.bookingRefs].sort(),
    ]);
    expect([charter.id, sheets.length]).toEqual([charter.id, charter.status === 'completed' ? 1 : 0]);
    expect(proposed).toEqual({ bookings: [], sheets: [] });
  }
  expect(papers.matches.charters).toHaveLength(generated.charters.length);
});

test('what the readers understand comes to the ledger’s heads, and to its cents where nothing was let off', async () => {
  const { papers } = await audited(300, 9);
  for (const { charter, bookings, sheets } of papers.matches.charters) {
    if (charter.status !== 'completed') continue;
    expect(sheets.map(({ boarded }) => boarded)).toEqual([charter.guests]);
    if ((charter.noShows ?? 0) > 0 || (charter.discountCents ?? 0) + (charter.refundCents ?? 0) > 0) continue;
    const booked = bookings.reduce((sum, { amountCents }) => sum + (amountCents ?? 0), 0);
    expect(bookings.reduce((sum, { partySize }) => sum + (partySize ?? 0), 0)).toBe(
      charter.guests - charter.comps,
    );
    expect([charter.recordedCents, charter.recordedCents + (charter.taxCents ?? 0)]).toContain(booked);
  }
});

test('300 charters show plain, HTML and both bodies, forwards, amendments and cancellations, in two charsets', async () => {
  const { evidence } = made(300, 1);
  const mails = await Promise.all(
    evidence.mails.map(async ({ eml }) => ({
      source: Buffer.from(eml).toString('latin1'),
      mail: await simpleParser(Buffer.from(eml), { skipHtmlToText: true, skipTextToHtml: true }),
    })),
  );
  const kinds = mails.map(({ mail }) => `${(mail.text ?? '') !== ''}/${mail.html !== false}`);
  expect(new Set(kinds)).toEqual(new Set(['true/false', 'false/true', 'true/true']));
  const subjects = mails.map(({ mail }) => mail.subject ?? '').join('\n');
  for (const word of ['Fwd: ', 'Booking amended', 'Booking cancelled', 'Voucher'])
    expect(subjects).toContain(word);
  const sources = mails.map(({ source }) => source).join('\n');
  for (const charset of ['charset=utf-8', 'charset=iso-8859-1']) expect(sources).toContain(charset);
  expect(new Set(evidence.tripSheets.map(({ name }) => name.slice(-4)))).toEqual(new Set(['.csv', 'xlsx']));
  expect(evidence.tripSheets.length).toBe(
    Math.ceil(
      (
        await readPapers({
          charterLines: jsonLines(made(300, 1).generated.charters),
          mails: [],
          tripSheets: evidence.tripSheets,
        })
      ).sheets.length / 30,
    ),
  );
});

test('all mail comes in before the day of sailing, in the order of its dates', () => {
  const { generated, evidence } = made(300, 2);
  const lastDay = Date.parse(`${generated.charters.at(-1)?.date}T04:00:00Z`);
  const times = evidence.mails.map(({ receivedMs }) => receivedMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(Math.max(...times)).toBeLessThan(lastDay);
});

test('mail is ASCII in CRLF lines of at most 998 octets (RFC 5322, 2.1.1), and dated as it says', async () => {
  for (const { eml, receivedMs } of made(60, 3).evidence.mails) {
    const text = Buffer.from(eml).toString('latin1');
    expect(text).toMatch(/^[\t\r\n\x20-\x7e]+$/);
    expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect((await simpleParser(Buffer.from(eml))).date?.getTime()).toBe(receivedMs);
  }
});

test('the same seed gives the same bytes, another seed others', () => {
  const bytes = (seed: number) => {
    const { mails, tripSheets } = generateEvidence(generateMonth({ month: MONTH, charters: 60, seed: 4 }), {
      seed,
    });
    return [...mails.map(({ eml }) => eml), ...tripSheets.map((file) => file.bytes)].map((one) =>
      Buffer.from(one).toString('base64'),
    );
  };
  expect(bytes(5)).toEqual(bytes(5));
  expect(bytes(5)).not.toEqual(bytes(6));
});

test('no charters have no papers', () => {
  expect(made(0, 1).evidence).toEqual({ mails: [], tripSheets: [] });
});
