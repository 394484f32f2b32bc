/** What the main thread of the workbench knows besides the world itself. */
import type { Busy, FrameView, LogEntry, NetworkView, QuestionView, Revisions } from './contract.ts';
import { createFaultSwitches, type FaultSwitches } from './fault-switches.ts';
import type { World } from './world.ts';

export interface Session {
  world: World;
  /** Counts up with every world. */
  worldNumber: number;
  faults: FaultSwitches;
  network: NetworkView;
  revisions: { -readonly [K in keyof Revisions]: number };
  busy: Busy | null;
  questions: QuestionView[];
  dialogs: FrameView[];
  sidebar: FrameView | null;
  /** Oldest first. */
  readonly log: LogEntry[];
  lastId: number;
}

const MOST_LOGGED = 500;

export function createSession(world: World, worldNumber: number): Session {
  return {
    world,
    worldNumber,
    faults: createFaultSwitches(world),
    network: { slow: false, factor: 1 },
    revisions: { workbook: 0, mail: 0, drive: 0, calendars: 0, log: 0 },
    busy: null,
    questions: [],
    dialogs: [],
    sidebar: null,
    log: [],
    lastId: 0,
  };
}

/** Another world in place of the one before; ids go on, so that nothing of the old world is taken for the new one’s. */
export function replaceWorld(session: Session, world: World): void {
  const { lastId, worldNumber, log } = session;
  log.length = 0;
  Object.assign(session, { ...createSession(world, worldNumber + 1), lastId, log });
}

export function nextId(session: Session): number {
  session.lastId += 1;
  return session.lastId;
}

export function note(session: Session, kind: LogEntry['kind'], text: string, atMs?: number): void {
  const at = new Date(atMs ?? session.world.workspace.clock.now()).toISOString();
  session.log.push({ at, kind, text });
  if (session.log.length > MOST_LOGGED) session.log.splice(0, session.log.length - MOST_LOGGED);
  session.revisions.log += 1;
}

const logged = new WeakMap<World, number>();

/** Takes over what the script logged and asked since the last time. */
export function noteNews(session: Session): void {
  const { world } = session;
  const { appsScript, network } = world.workspace;
  for (const { startedMs, request, reply } of network.trace.splice(0)) {
    const came = 'failed' in reply ? `no answer (${reply.failed})` : String(reply.status);
    note(session, 'request', `${request.method} ${placeIn(request.url)} → ${came}`, startedMs);
  }
  for (const { severity, text, atMs } of appsScript.logs.slice(logged.get(world) ?? 0)) {
    note(session, severity === 'ERROR' ? 'error' : 'script', text, atMs);
  }
  logged.set(world, appsScript.logs.length);
}

/** Without the query, which may hold a token; but a search is worth seeing. */
function placeIn(url: string): string {
  const { host, pathname, searchParams } = new URL(url);
  const search = searchParams.get('q');
  return `${host}${pathname}${search === null ? '' : ` “${search}”`}`;
}

export function wordsOf(error: unknown): string {
  // An error out of the script is of another realm.
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : null;
  return typeof message === 'string' && message !== '' ? message : String(error);
}
