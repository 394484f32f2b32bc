/**
 * Whether this workbook is the one that sends, or a copy of one that does. A copy has the cells and the script of its
 * original, but neither its triggers nor its properties (github.com/grahamearley/FirestoreGoogleAppsScript/issues/142,
 * developers.google.com/apps-script/reference/properties/properties-service: “for this script only”), so that its outbox
 * is empty. The workbook's id therefore stands in a setting, which a copy takes along, and in a document property.
 */
import * as v from 'valibot';
import type { OtherCode } from '../delivery/recipients.ts';
import { codeOfLetters, workbookLetters } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import type { RegisterRow } from '../workbook/register.ts';
import { saysSent, saysUnknown } from '../workbook/register.ts';

const KEY = 'workbook';
/** A property holds 9 KB; nobody copies a copy that often. */
const MOST_FORMER = 8;

const Former = v.object({
  /** Empty when only the codes in the register are known. */
  id: v.string(),
  /** `PRSK3QD`: what the codes of its statements begin with. */
  letters: v.string(),
  /** The last month that was over when this workbook took over. */
  until: v.string(),
});

const Mark = v.object({
  schema: v.literal(1),
  id: v.string(),
  /** When a person said that this workbook sends; ISO 8601 UTC. */
  since: v.string(),
  by: v.string(),
  /** Those that this one was copied from, and that may have sent before it. */
  former: v.optional(v.array(Former), []),
});

/** A workbook that this one was copied from. */
export type FormerWorkbook = v.InferOutput<typeof Former>;

/** The document property that says for which workbook the properties are, and since when. */
export type WorkbookMark = v.InferOutput<typeof Mark>;

/**
 * - `own`: setting and property name this workbook
 * - `unmarked`: one or both are yet to be written, and nothing speaks against it
 * - `copied`: they name another one, or the register has statements of another one
 * - `outbox-missing`: the setting names this one, and its document properties are gone, the outbox with them
 */
export type WorkbookIdentity =
  | { readonly kind: 'own' | 'unmarked' | 'outbox-missing' }
  | { readonly kind: 'copied'; readonly original: Pick<FormerWorkbook, 'id' | 'letters'> };

/** Null when there is none; one that can't be read is none. */
export function readWorkbookMark(properties: Readonly<Record<string, string>>): WorkbookMark | null {
  try {
    const parsed = v.safeParse(Mark, JSON.parse(properties[KEY] ?? 'null'));
    return parsed.success ? parsed.output : null;
  } catch {
    // Nobody's text: then the setting alone tells.
    return null;
  }
}

export function workbookMarkEntry(mark: WorkbookMark): Readonly<Record<string, string>> {
  return { [KEY]: JSON.stringify({ ...mark, former: mark.former.slice(-MOST_FORMER) }) };
}

export interface IdentityQuestion {
  readonly workbookId: string;
  /** The setting “Workbook”; empty when it has none. */
  readonly settingsId: string;
  readonly mark: WorkbookMark | null;
  /** See `hasOutbox`. */
  readonly hasOutbox: boolean;
  /** Codes of statements that the register calls sent. */
  readonly sentCodes: readonly string[];
}

export function workbookIdentity(question: IdentityQuestion): WorkbookIdentity {
  const { workbookId, settingsId, mark, hasOutbox, sentCodes } = question;
  const copied = (id: string): WorkbookIdentity => ({
    kind: 'copied',
    original: { id, letters: workbookLetters(id) },
  });
  const namesAnother = settingsId !== '' && settingsId !== workbookId;
  if (mark !== null && mark.id !== workbookId) return copied(namesAnother ? settingsId : mark.id);
  if (namesAnother) {
    // Whoever took over died before the setting was written.
    return mark?.former.some(({ id }) => id === settingsId) ? { kind: 'unmarked' } : copied(settingsId);
  }
  if (mark !== null) return { kind: settingsId === workbookId ? 'own' : 'unmarked' };
  if (settingsId === workbookId) return { kind: hasOutbox ? 'unmarked' : 'outbox-missing' };
  const letters = foreignLetters(sentCodes, workbookLetters(workbookId));
  // A workbook of before there were marks, and a copy of one: only what it has sent tells.
  return letters === null || hasOutbox
    ? { kind: 'unmarked' }
    : { kind: 'copied', original: { id: '', letters } };
}

/** What other codes begin with: of the last one that is not this workbook's. */
function foreignLetters(codes: readonly string[], own: string): string | null {
  const letters = codes.flatMap((code) => /^(PRS[A-Z2-7]{4})\d{6}V\d+$/.exec(code.trim())?.[1] ?? []);
  return letters.reduce<string | null>((last, one) => (one === own ? last : one), null);
}

/** Of statements: notices go out in whatever workbook there is. */
export function hasOutbox(properties: Readonly<Record<string, string>>): boolean {
  return Object.keys(properties).some((key) => key.startsWith('outbox.statement.'));
}

export function sentCodes(register: readonly Pick<RegisterRow, 'status' | 'code'>[]): string[] {
  return register.filter((row) => saysSent(row) || saysUnknown(row)).map(({ code }) => code);
}

/**
 * Codes that a statement may have gone out with before this workbook took over. Of a month that was over by then a mail
 * counts whatever its subject; later the original goes its own way, for another company perhaps.
 */
export function formerCodes(
  former: readonly FormerWorkbook[],
  month: Month,
  version: number,
): readonly OtherCode[] {
  return former.map(({ letters, until }) => ({
    code: codeOfLetters(letters, month, version),
    whateverSubject: month <= until,
  }));
}
