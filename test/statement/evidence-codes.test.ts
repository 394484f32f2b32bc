import { EVIDENCE_CODES, EVIDENCE_DOCS, EVIDENCE_SEVERITIES } from '../../src/statement/evidence-codes.ts';

test('every code of evidence is kebab-case, weighed and explained in sentences', () => {
  expect(EVIDENCE_CODES).toEqual([...EVIDENCE_CODES].sort());
  for (const code of EVIDENCE_CODES) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(['block', 'warn', 'info']).toContain(EVIDENCE_SEVERITIES[code]);
    const { what, why, toDo } = EVIDENCE_DOCS[code];
    for (const words of [what, why, toDo]) expect(words).toMatch(/^\S.{15,}\.$/);
  }
});
