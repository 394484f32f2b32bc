/** The files of the trip sheets folder and of all folders below it, level by level. */
import type { Call, Settled } from '../../clients/exchange.ts';
import { all, andThen, done } from '../../clients/exchange.ts';
import type { DriveFile } from '../../clients/google/drive.ts';
import { FOLDER_TYPE, getFile, listFiles, quoteForQuery, SHORTCUT_TYPE } from '../../clients/google/drive.ts';
import { PurserError } from '../../host/errors.ts';
import type { FolderFile } from './folder-file.ts';
import { closedFile, folderFileOf } from './folder-file.ts';

export interface FolderOptions {
  /** RFC 3339; files that did not change since, and did not come to Drive since, are left out. */
  readonly modifiedAfter: string;
  /** Subfolders that an earlier walk found, so that one level of requests finds all that is in them. */
  readonly knownFolderIds: readonly string[];
}

export interface FolderListing {
  /** Each once, however many ways lead to it. */
  readonly files: readonly FolderFile[];
  /** All subfolders, for the next walk's `knownFolderIds`. */
  readonly folderIds: readonly string[];
}

/** A URL may have 2 KB (developers.google.com/apps-script/guides/services/quotas), the token of a page included. */
const FOLDERS_PER_SEARCH = 15;
/** A folder with more below it is somebody's whole Drive. */
const MOST_FOLDERS = 1000;

/** What is known so far; each answer adds to it. */
interface Walk {
  readonly token: string;
  readonly modifiedAfter: string;
  /** The folder that the setting names, or the one that it is a shortcut to. */
  root: string;
  rootIsThere: boolean;
  readonly asked: Set<string>;
  readonly found: Map<string, DriveFile>;
  /** Where shortcuts lead, by the shortcut's id. */
  readonly targets: Map<string, DriveFile | PurserError>;
  /** Folders that can't be searched, and why. */
  readonly closed: Map<string, PurserError>;
}

/**
 * Walks the folder and what is below it, through shortcuts too. Known folders that were moved out of it, or deleted,
 * are left out. A subfolder or a shortcut that can't be followed is a file with a `problem`.
 *
 * Fails with `google-not-found` when the folder is not there, may not be seen, or lies in the trash, and with
 * `settings-invalid` when it is no folder, or has too many below it.
 */
export function tripSheetFolderCall(
  token: string,
  folderId: string,
  { modifiedAfter, knownFolderIds }: FolderOptions,
): Call<FolderListing> {
  const [first = [], ...others] = chunks([...new Set([folderId, ...knownFolderIds])]);
  return andThen(searchCall(token, first, modifiedAfter), (level) => {
    const walk: Walk = {
      token,
      modifiedAfter,
      root: folderId,
      rootIsThere: false,
      asked: new Set(),
      found: new Map(),
      targets: new Map(),
      closed: new Map(),
    };
    takeIn(walk, level);
    return goOn(
      walk,
      others.map((ids) => searchStep(walk, ids)),
    );
  });
}

/** What one search told. */
interface Level {
  /** The folders in which it looked. */
  readonly asked: readonly string[];
  readonly files: readonly DriveFile[];
  readonly closed: readonly (readonly [string, PurserError])[];
}

function takeIn(walk: Walk, { asked, files, closed }: Level): void {
  for (const id of asked) walk.asked.add(id);
  for (const file of files) walk.found.set(file.id, file);
  for (const [id, error] of closed) walk.closed.set(id, error);
}

/** Sends the requests that what is known leads to, `also` with them, and goes on from their answers. */
function goOn(walk: Walk, also: readonly Call<null>[]): Settled<FolderListing> {
  const found = [...walk.found.values()];
  walk.rootIsThere ||= found.some((file) => parentOf(walk, file) === walk.root);
  const reached = reachedFolders(walk);
  if (reached.size > MOST_FOLDERS) return { kind: 'failed', error: tooManyFolders() };
  const unasked = [...reached].filter((id) => !walk.asked.has(id));
  const shortcuts = found.filter(
    (file) =>
      file.mimeType === SHORTCUT_TYPE && !walk.targets.has(file.id) && reached.has(parentOf(walk, file)),
  );
  const steps = [
    ...also,
    ...(walk.rootIsThere ? [] : [rootStep(walk)]),
    ...chunks(unasked).map((ids) => searchStep(walk, ids)),
    ...shortcuts.map((shortcut) => targetStep(walk, shortcut)),
  ];
  if (steps.length === 0) return done(listingOf(walk, reached));
  return all(steps, (outcomes) => {
    for (const outcome of outcomes) if (!outcome.ok) return { kind: 'failed', error: outcome.error };
    return goOn(walk, []);
  });
}

/** The root and all folders that are below it as far as is known. */
function reachedFolders(walk: Walk): ReadonlySet<string> {
  const below = new Map<string, string[]>();
  for (const file of walk.found.values()) {
    const target = walk.targets.get(file.id);
    const folder = target === undefined ? file : target;
    if (folder instanceof PurserError || folder.mimeType !== FOLDER_TYPE) continue;
    const parent = parentOf(walk, file);
    below.set(parent, [...(below.get(parent) ?? []), folder.id]);
  }
  // A set goes on over what is added while it is gone through.
  const reached = new Set([walk.root]);
  for (const id of reached) for (const child of below.get(id) ?? []) reached.add(child);
  return reached;
}

/** Of a file in somebody else's folder Drive may name no parent; it was found below the root all the same. */
function parentOf({ asked, root }: Walk, { parents }: DriveFile): string {
  return parents.find((id) => asked.has(id)) ?? root;
}

function searchStep(walk: Walk, ids: readonly string[]): Call<null> {
  for (const id of ids) walk.asked.add(id);
  return andThen(searchCall(walk.token, ids, walk.modifiedAfter), (level) => {
    takeIn(walk, level);
    return done(null);
  });
}

/** One deleted folder makes a search in many fail: then each is asked alone. */
function searchCall(token: string, ids: readonly string[], modifiedAfter: string): Call<Level> {
  const inFolders = ids.map((id) => `${quoteForQuery(id)} in parents`).join(' or ');
  const after = quoteForQuery(modifiedAfter);
  // An uploaded file keeps the time at which it was last changed on the other computer.
  const wanted = `mimeType = '${FOLDER_TYPE}' or mimeType = '${SHORTCUT_TYPE}' or modifiedTime > ${after} or createdTime > ${after}`;
  const call = listFiles(token, `trashed = false and (${inFolders}) and (${wanted})`);
  const level = andThen(call, (files) => done<Level>({ asked: ids, files, closed: [] }));
  return recovering(level, (error) => {
    const isClosed = error.kind === 'refused' && (error.data.status === 404 || error.data.status === 403);
    if (!isClosed) return null;
    if (ids.length === 1) return done({ asked: ids, files: [], closed: ids.map((id) => [id, error]) });
    const alone = ids.map((id) => searchCall(token, [id], modifiedAfter));
    return all<Level, Level>(alone, (outcomes) => {
      const levels: Level[] = [];
      for (const outcome of outcomes) {
        if (!outcome.ok) return { kind: 'failed', error: outcome.error };
        levels.push(outcome.value);
      }
      return done({
        asked: ids,
        files: levels.flatMap(({ files }) => files),
        closed: levels.flatMap(({ closed }) => closed),
      });
    });
  });
}

/** The call with another end where it would fail; null leaves the failure. */
function recovering<T>(call: Call<T>, recover: (error: PurserError) => Settled<T> | null): Call<T> {
  return {
    ...call,
    settle: (reply, attempt) => {
      const settled = call.settle(reply, attempt);
      if (settled.kind === 'failed') return recover(settled.error) ?? settled;
      if (settled.kind === 'renew') return { ...settled, renew: () => recovering(settled.renew(), recover) };
      if (settled.kind !== 'next' && settled.kind !== 'again') return settled;
      return { kind: settled.kind, call: recovering(settled.call, recover) };
    },
  };
}

/** An empty search does not tell whether there is such a folder. */
function rootStep(walk: Walk): Call<null> {
  const call = recovering(getFile(walk.token, walk.root), (error) =>
    error.code === 'google-not-found' ? { kind: 'failed', error: rootGone(error) } : null,
  );
  return andThen(call, (file) => {
    const closed = walk.closed.get(walk.root);
    if (file.trashed) return { kind: 'failed', error: rootInTrash(file) };
    if (file.mimeType === FOLDER_TYPE) {
      if (closed !== undefined) return { kind: 'failed', error: rootGone(closed) };
      walk.rootIsThere = true;
      return done(null);
    }
    const target = file.shortcutDetails;
    if (target?.targetMimeType !== FOLDER_TYPE) return { kind: 'failed', error: notAFolder(file) };
    walk.root = target.targetId;
    return done(null);
  });
}

function targetStep(walk: Walk, shortcut: DriveFile): Call<null> {
  const take = (target: DriveFile | PurserError): Settled<null> => {
    walk.targets.set(shortcut.id, target);
    return done(null);
  };
  const call = andThen(getFile(walk.token, shortcut.shortcutDetails?.targetId ?? ''), (target) =>
    take(target.trashed ? rootInTrash(target) : target),
  );
  return recovering(call, (error) => (error.kind === 'refused' ? take(error) : null));
}

function listingOf(walk: Walk, reached: ReadonlySet<string>): FolderListing {
  const files = new Map<string, FolderFile>();
  for (const file of walk.found.values()) {
    if (!reached.has(parentOf(walk, file))) continue;
    const target = walk.targets.get(file.id);
    const closed = target instanceof PurserError ? target : walk.closed.get((target ?? file).id);
    if (closed !== undefined) files.set(file.id, closedFile(file, closed));
    if (closed !== undefined || target instanceof PurserError) continue;
    const isNew = (it: DriveFile) => Date.parse(it.modifiedTime) > Date.parse(walk.modifiedAfter);
    const isOld = target !== undefined && !isNew(target) && !isNew(file);
    const meant = target ?? file;
    const read = meant.mimeType === FOLDER_TYPE || isOld ? null : folderFileOf(meant);
    if (read !== null) files.set(read.id, read);
  }
  return { files: [...files.values()], folderIds: [...reached].filter((id) => id !== walk.root) };
}

function chunks(ids: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / FOLDERS_PER_SEARCH);
  return Array.from({ length: count }, (_, at) =>
    ids.slice(at * FOLDERS_PER_SEARCH, (at + 1) * FOLDERS_PER_SEARCH),
  );
}

const SET_ANEW =
  'Put the link of the folder with the trip sheets into the setting “Trip sheets folder” again, or have the folder shared with this account.';

function rootGone({ data }: PurserError): PurserError {
  return new PurserError('google-not-found', {
    what: 'The trip sheets folder is not there, or this account may not open it.',
    now: SET_ANEW,
    data,
  });
}

function rootInTrash({ name }: DriveFile): PurserError {
  return new PurserError('google-not-found', {
    what: `“${name}” lies in Drive's trash.`,
    now: 'Restore it, or name another folder in the setting “Trip sheets folder”.',
  });
}

function notAFolder({ name }: DriveFile): PurserError {
  return new PurserError('settings-invalid', {
    what: `The trip sheets folder “${name}” is no folder, but a file.`,
    now: 'Put the link of the folder in which it lies into the setting “Trip sheets folder”.',
  });
}

function tooManyFolders(): PurserError {
  return new PurserError('settings-invalid', {
    what: `The trip sheets folder has more than ${MOST_FOLDERS} folders below it.`,
    now: 'Put the link of a folder that holds nothing but trip sheets into the setting “Trip sheets folder”.',
  });
}
