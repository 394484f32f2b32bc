/** What a run learns and later ones can use, in document properties: it only saves rounds, or helps to understand. */
import * as v from 'valibot';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { compareText } from '../statement/charter.ts';

const FOLDERS_KEY = 'trip-sheets.folders';
const FLEET_KEY = 'fleet';
/** A property holds 9 KB (developers.google.com/apps-script/guides/services/quotas), of UTF-8. */
const MOST_CHARACTERS = 3000;

type Properties = Readonly<Record<string, string>>;

/** Subfolders of the trip sheets folder that an earlier walk found, so that all files are found in one level. */
export function knownFolders(properties: Properties, root: string): string[] {
  const [kept, ...ids] = (properties[FOLDERS_KEY] ?? '').split(' ');
  return kept === root ? ids : [];
}

/** Vessels as the ledger writes them: a mail's text is searched for them. */
export function knownFleet(properties: Properties): readonly string[] {
  try {
    const parsed = v.safeParse(v.array(v.string()), JSON.parse(properties[FLEET_KEY] ?? '[]'));
    return parsed.success ? parsed.output : [];
  } catch {
    // Nobody's text: the next run writes it anew.
    return [];
  }
}

/** Writes what is new, in one call; what is too large for a property is left out. Never throws. */
export function remember(
  host: Host,
  properties: Properties,
  learnt: {
    readonly folders: { readonly root: string; readonly ids: readonly string[] } | null;
    readonly vessels: readonly string[];
  },
): void {
  const { folders } = learnt;
  const fleet = [...new Set(learnt.vessels)].sort(compareText);
  const wanted = {
    ...(folders === null || (folders.ids.length === 0 && properties[FOLDERS_KEY] === undefined)
      ? {}
      : { [FOLDERS_KEY]: [folders.root, ...folders.ids].join(' ') }),
    ...(fleet.length === 0 ? {} : { [FLEET_KEY]: JSON.stringify(fleet) }),
  };
  const entries = Object.entries(wanted).filter(
    ([key, value]) => value.length <= MOST_CHARACTERS && properties[key] !== value,
  );
  if (entries.length === 0) return;
  try {
    host.properties('document').write(Object.fromEntries(entries));
  } catch (thrown) {
    host.log({ event: 'not-remembered', code: asPurserError(thrown).code });
  }
}
