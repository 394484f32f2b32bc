/** A statement as it was sent, from the bytes of its evidence file. */
import { gzipSync } from 'node:zlib';
import { proofBytes, proofOf } from '../../src/run/proof.ts';
import { sentProofFrom } from '../../src/run/sent-proof.ts';
import type { Json } from '../../src/statement/fingerprint.ts';
import { canonicalJson, sha256Hex } from '../../src/statement/fingerprint.ts';
import { contentOf, fingerprintOf } from '../../src/statement/statement-content.ts';
import { errorOf } from '../tools/fake-host.ts';
import { evidenceOf, ledgerItems, provenMonth } from './proven-month.ts';

const source = provenMonth(ledgerItems(12));
const { code } = source.calculation.statement;
const bytes = proofBytes(proofOf(source));

function zipped(value: unknown): Uint8Array {
  return gzipSync(JSON.stringify(value));
}

/** The same file with another content, and a checksum that fits. */
function forged(change: (content: Record<string, unknown>) => Record<string, unknown>): Uint8Array {
  const evidence = evidenceOf(source);
  const content = change(evidence.content);
  return zipped({ ...evidence, content, sha256: sha256Hex(canonicalJson(content as Json)) });
}

function refusal(file: Uint8Array, of = code): string {
  try {
    sentProofFrom(file, of);
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
  return 'none';
}

/** As a Purser made it that worded its notes otherwise. */
function ofEarlierPurser(): {
  readonly code: string;
  readonly fingerprint: string;
  readonly content: object;
} {
  const content = contentOf({
    ...source.calculation.statement,
    lines: source.calculation.statement.lines.map((line) => ({ ...line, notes: 'in other words' })),
  });
  return { code, fingerprint: fingerprintOf(content), content };
}

function sealed(statement: object): Uint8Array {
  return forged((content) => ({ ...content, statement }));
}

test('what was sent is known even when this Purser words it otherwise', () => {
  const { statement, recalculated } = sentProofFrom(sealed(ofEarlierPurser()), code);
  expect(statement.lines.map(({ notes }) => notes)).toEqual(statement.lines.map(() => 'in other words'));
  expect(statement.fingerprint).toBe(ofEarlierPurser().fingerprint);
  expect(recalculated).toEqual(source.calculation.statement);
});

test('a file of before the statement was kept in it is read by calculating; what then differs accuses nobody', () => {
  const { fingerprint } = source.calculation.statement;
  expect(sentProofFrom(sealed({ code, fingerprint }), code).statement).toEqual(source.calculation.statement);
  const error = errorOf(() => sentProofFrom(sealed({ code, fingerprint: 'ab'.repeat(32) }), code));
  expect(error.code).toBe('evidence-not-reproduced');
  expect(error.message).toContain('Either the Purser that made the file calculated otherwise');
});

test('gives the very statement, what it was made from, and its settings', () => {
  const { statement, input, settings, proof } = sentProofFrom(bytes, code);
  expect(statement).toEqual(source.calculation.statement);
  expect(input.readings).toEqual(source.input.readings);
  expect(input.witnesses?.bookings).toEqual(source.input.witnesses?.bookings);
  expect(settings).toMatchObject({
    company: 'Heron Charters',
    standardRateCents: 12_500,
    timeZone: 'America/New_York',
  });
  expect(settings.chartersTable).toBe('crew-dispatch');
  expect(proof.subject).toBe(source.subject);
});

test('settings that this Purser does not know are passed over, those it lacks are at their default', () => {
  const file = forged((content) => ({
    ...content,
    settings: [
      ['Colour of the sails', 'red'],
      ['Standard rate', '130'],
    ],
  }));
  expect(sentProofFrom(file, code).settings).toMatchObject({
    standardRateCents: 13_000,
    chartersTable: 'crew-dispatch',
  });
});

test('refuses what is no evidence file, one that was changed, and one of another statement', () => {
  expect(refusal(new Uint8Array([1, 2, 3]))).toBe('evidence-unreadable');
  expect(refusal(bytes.subarray(0, 200))).toBe('evidence-unreadable');
  expect(refusal(zipped({ some: 'thing' }))).toBe('evidence-unreadable');
  expect(refusal(forged(() => ({})))).toBe('evidence-unreadable');
  const evidence = evidenceOf(source);
  expect(refusal(zipped({ ...evidence, content: { ...evidence.content, subject: 'x' } }))).toBe(
    'evidence-differs',
  );
  expect(refusal(sealed({ ...ofEarlierPurser(), fingerprint: 'ab'.repeat(32) }))).toBe('evidence-differs');
  expect(refusal(bytes, 'PRSAAAA202605V1')).toBe('evidence-differs');
  expect(refusal(bytes)).toBe('none');
});
