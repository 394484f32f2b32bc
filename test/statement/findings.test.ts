import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../../src/statement/findings.ts';
import {
  DEFAULT_SEVERITIES,
  FINDING_CODES,
  isClean,
  isHeld,
  makeFinding,
  sortFindings,
} from '../../src/statement/findings.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/findings.md'), 'utf8');
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section): [string, string] => {
      const [title = '', ...body] = section.split('\n');
      return [title.trim(), body.join('\n')];
    }),
);

test('docs/findings.md has a section for each code, in order, and for nothing else', () => {
  expect([...sections.keys()]).toEqual([...FINDING_CODES].sort());
  expect(page.match(/^## /gm)).toHaveLength(FINDING_CODES.length);
  expect(page.match(/^# /gm)).toEqual(['# ']);
});

test.each(FINDING_CODES)('the section on %s gives its default severity, why, and what to do', (code) => {
  const section = sections.get(code) ?? '';
  expect(/^Severity: `(\w+)`\./m.exec(section)?.[1]).toBe(DEFAULT_SEVERITIES[code]);
  expect(section).toMatch(/^Why: \S/m);
  expect(section).toMatch(/^What to do: \S/m);
});

test('codes are kebab-case', () => {
  for (const code of FINDING_CODES) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

const withSeverity = (severity: Severity) =>
  makeFinding({ code: 'text-cut', severity, message: severity }, {});

test('a month is held by a block, and clean only without blocks and warnings', () => {
  const [block, warn, info] = [withSeverity('block'), withSeverity('warn'), withSeverity('info')];
  expect([isHeld([info, warn]), isHeld([info, block])]).toEqual([false, true]);
  expect([isClean([]), isClean([info]), isClean([info, warn]), isClean([block])]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(sortFindings([info, warn, block, withSeverity('block')]).map(({ message }) => message)).toEqual([
    'block',
    'block',
    'warn',
    'info',
  ]);
});
