/**
 * What one execution leaves for others to see for a while, in the document's cache: how far a run has come, and what a
 * check found. All users of the document share it; it may lose anything at any time, and a place without a document has
 * none (developers.google.com/apps-script/reference/cache/cache-service#getDocumentCache). A value holds 100 KB, and is
 * kept for six hours at most (…/reference/cache/cache#put). Nothing rests on it, so nothing here throws.
 */
import { encode as utf8 } from '@stablelib/utf8';
import * as v from 'valibot';
import { asPurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import type { Finding } from '../../statement/findings.ts';
import { isOpen } from '../../statement/findings.ts';
import { readFinding } from '../../statement/kept-findings.ts';
import type { Month } from '../../statement/month.ts';

const PROGRESS_KEY = 'purser.progress';
const PROGRESS_SECONDS = 600;
const LOOK_SECONDS = 21_600;
const MOST_LOOK_BYTES = 95_000;
/** Google ends every execution after that: what is older is a dead one's. */
const EXECUTION_MS = 360_000;

const Progress = v.object({
  month: v.string(),
  /** Of the run, or `done`. */
  step: v.string(),
  done: v.number(),
  of: v.number(),
  sinceMs: v.number(),
});

export type KeptProgress = v.InferOutput<typeof Progress>;

const Left = v.object({ block: v.number(), warn: v.number(), rest: v.number() });

/** Findings that there was no room for: open ones by how much they matter, and the rest. */
export type Left = v.InferOutput<typeof Left>;

export const NONE_LEFT: Left = { block: 0, warn: 0, rest: 0 };

const Look = v.object({
  month: v.string(),
  status: v.picklist(['held', 'ready', 'sent', 'unknown']),
  /** `2026-06-01 06:00`, in the workbook's zone: when the data was read. */
  asOf: v.string(),
  /** When it ended: ISO 8601 UTC. */
  at: v.string(),
  figures: v.object({
    charters: v.number(),
    guests: v.number(),
    comps: v.number(),
    paying: v.number(),
    reportableCents: v.number(),
    recordedCents: v.number(),
    differenceCents: v.number(),
  }),
  findings: v.array(v.unknown()),
  left: v.optional(Left, NONE_LEFT),
});

/** What a check or a run that the sidebar began has found in a month. */
export type Look = Omit<v.InferOutput<typeof Look>, 'findings'> & { readonly findings: readonly Finding[] };

export interface Brief {
  readonly progress: KeptProgress | null;
  readonly look: Look | null;
}

/** One call. @param month null: progress only */
export function readBrief(host: Host, month: Month | null): Brief {
  const keys = [PROGRESS_KEY, ...(month === null ? [] : [lookKey(month)])];
  const kept = quietly(host, {}, (cache) => cache.getAll(keys) as Readonly<Record<string, unknown>>);
  const progress = parsed(Progress, kept[PROGRESS_KEY]);
  const look = month === null ? null : parsed(Look, kept[lookKey(month)]);
  return {
    progress: progress !== null && host.now() - progress.sinceMs < EXECUTION_MS ? progress : null,
    look: look === null ? null : { ...look, findings: look.findings.flatMap(readFinding) },
  };
}

/** The worst findings only, when all would not fit. */
export function keepLook(host: Host, look: Look): void {
  let { findings } = look;
  let text = JSON.stringify(look);
  while (utf8(text).length > MOST_LOOK_BYTES && findings.length > 0) {
    findings = findings.slice(0, Math.floor(findings.length * 0.8));
    text = JSON.stringify({ ...look, findings, left: leftOf(look.findings.slice(findings.length)) });
  }
  quietly(host, undefined, (cache) => cache.put(lookKey(look.month), text, LOOK_SECONDS));
}

/**
 * The host for a run that the sidebar began: other executions can read how far it is, and the workbook shows no toasts
 * beside the sidebar's bar.
 */
export function withProgress(host: Host, month: Month): Host {
  const sinceMs = host.now();
  return {
    ...host,
    progress: ({ step, done, of }) =>
      quietly(host, undefined, (cache) => {
        // A step that counts of its own, such as mail, may be through with all of it long before the run is.
        if (step === 'done') cache.remove(PROGRESS_KEY);
        else cache.put(PROGRESS_KEY, JSON.stringify({ month, step, done, of, sinceMs }), PROGRESS_SECONDS);
      }),
  };
}

function leftOf(findings: readonly Finding[]): Left {
  const open = (severity: Finding['severity']): number =>
    findings.filter((one) => isOpen(one) && one.severity === severity).length;
  const [block, warn] = [open('block'), open('warn')];
  return { block, warn, rest: findings.length - block - warn };
}

function lookKey(month: Month): string {
  return `purser.look.${month}`;
}

function quietly<T>(host: Host, otherwise: T, action: (cache: GoogleAppsScript.Cache.Cache) => T): T {
  try {
    const cache: GoogleAppsScript.Cache.Cache | null = CacheService.getDocumentCache();
    return cache === null ? otherwise : action(cache);
  } catch (thrown) {
    host.log({ event: 'cache-failed', code: asPurserError(thrown).code });
    return otherwise;
  }
}

function parsed<S extends v.GenericSchema>(schema: S, json: unknown): v.InferOutput<S> | null {
  if (typeof json !== 'string') return null;
  try {
    const read = v.safeParse(schema, JSON.parse(json));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}
