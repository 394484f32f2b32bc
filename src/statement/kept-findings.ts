/**
 * Findings as data in a few cells: the audit tab keeps them for whoever shows them again with their links, which the
 * values of its table do not have.
 */
import * as v from 'valibot';
import type { Finding } from './findings.ts';
import { FINDING_CODES } from './findings.ts';

const Kept = v.object({
  code: v.picklist(FINDING_CODES),
  severity: v.picklist(['block', 'warn', 'info']),
  charterId: v.nullable(v.string()),
  about: v.optional(v.string()),
  cents: v.nullable(v.number()),
  message: v.string(),
  links: v.array(v.object({ label: v.string(), url: v.string() })),
  accepted: v.optional(v.object({ reason: v.string(), who: v.string(), on: v.string() })),
});

const Shape = v.object({
  schema: v.literal(1),
  /** ISO 8601 UTC; empty when nobody wrote it down. */
  postedAt: v.string(),
  findings: v.array(v.unknown()),
});

export interface KeptFindings {
  /** When the tab was posted: ISO 8601 UTC; null when nobody knows. */
  readonly postedAt: string | null;
  /** Worst first; those of a kind that this version does not know are left out. */
  readonly findings: readonly Finding[];
}

/** A cell of Sheets holds 50,000 characters, one of Excel 32,767. */
const CELL_CHARACTERS = 30_000;
/** As many cells as the audit tab is wide. */
const MOST_CELLS = 15;

/**
 * The cells, one beside the other. ASCII, so that no cell ends within a character. The last findings are left out when
 * all would not fit: they weigh least.
 */
export function findingCells(findings: readonly Finding[], postedAt: string): string[] {
  let kept = findings;
  let text = jsonOf(kept, postedAt);
  while (text.length > CELL_CHARACTERS * MOST_CELLS && kept.length > 0) {
    kept = kept.slice(0, Math.floor(kept.length * 0.8));
    text = jsonOf(kept, postedAt);
  }
  return text.match(new RegExp(`.{1,${CELL_CHARACTERS}}`, 'g')) ?? [];
}

function jsonOf(findings: readonly Finding[], postedAt: string): string {
  return JSON.stringify({ schema: 1, postedAt, findings }).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** @param cells of the row; null when it is no such row, or somebody has written into it */
export function readFindingCells(cells: readonly unknown[]): KeptFindings | null {
  try {
    const parsed = v.safeParse(Shape, JSON.parse(cells.map((cell) => String(cell ?? '')).join('')));
    if (!parsed.success) return null;
    const { postedAt, findings } = parsed.output;
    return { postedAt: postedAt === '' ? null : postedAt, findings: findings.flatMap(readFinding) };
  } catch {
    return null;
  }
}

/** As it was kept; none when it can't be read. */
export function readFinding(kept: unknown): Finding[] {
  const parsed = v.safeParse(Kept, kept);
  if (!parsed.success) return [];
  const { about, accepted, ...finding } = parsed.output;
  return [
    {
      ...finding,
      ...(about === undefined ? {} : { about }),
      ...(accepted === undefined ? {} : { accepted }),
    },
  ];
}
