/**
 * Runs the script as a person sees it run: its questions wait for their answers, its progress is shown, and while it
 * runs what may run beside it is served inside its calls to Google, as another execution would be.
 */
import type { HostCall, HostCallKind } from '../local/apps-script/host-calls.ts';
import type { Answer, Question, Shown } from '../local/apps-script/spreadsheet-app.ts';
import type { ButtonName, FrameView } from './contract.ts';
import type { Link, Request } from './link.ts';
import { nextId, note, noteNews, type Session } from './session.ts';

export interface Stage {
  /** Runs `work`, which runs the script. @param what in words, for the page */
  run<T>(what: string, work: () => T, mayStop?: boolean): T;
  /** Runs what is not worth a word: nothing is shown of it, but with the slow network it takes its time. */
  quietly<T>(work: () => T): T;
  /** How far what runs has come, in words. */
  tell(progress: string): void;
  /** For `RunOptions`: asks the person in front of the page. */
  answers(question: Question): Answer;
  /** The person’s answer. @throws Error when the question is not open any more */
  answer(question: number, button: ButtonName, text: string): void;
  stop(): void;
  isStopped(): boolean;
  /** What the script shows, while it runs. */
  show(shown: Shown): void;
  /** Requests that came during a run and could not be served beside it, oldest first. */
  readonly waiting: Request[];
}

export interface StageOptions {
  readonly session: Session;
  readonly link: Link;
  publish(): void;
  /** Whether the request may be served in the middle of a run. @param mayExecute no lock of the running script is held */
  mayServe(request: Request, mayExecute: boolean): boolean;
  serve(request: Request): void;
}

/** The script holds the platform’s lock for properties only, so that another execution does not wait for it here. */
const OUTSIDE_THE_LOCK: readonly HostCallKind[] = ['round', 'sleep', 'dialog'];
const PUBLISH_MS = 250;
const MOST_PAID_MS = 60_000;

export function createStage(options: StageOptions): Stage {
  const { session, link, publish } = options;
  const waiting: Request[] = [];
  const answered = new Map<number, Answer>();
  /** An execution runs beside another one: its calls are not told of. */
  let isBeside = false;
  let isStopped = false;
  let isGone = false;
  let paidSeconds = 0;
  let callsBefore = 0;
  let publishedMs = 0;

  const script = () => session.world.workspace.appsScript;

  const publishNow = (): void => {
    publishedMs = Date.now();
    publish();
  };

  const serveBeside = (mayExecute: boolean): void => {
    for (let message = link.take(); message !== null; message = link.take()) {
      if ('gone' in message) isGone = true;
      else waiting.push(message.request);
    }
    for (let at = 0; at < waiting.length; ) {
      const request = waiting[at];
      if (request === undefined || !options.mayServe(request, mayExecute)) {
        at += 1;
        continue;
      }
      waiting.splice(at, 1);
      isBeside = true;
      try {
        options.serve(request);
      } finally {
        isBeside = false;
      }
    }
  };

  /** With the slow network: the time that the calls since the last one would have taken passes now. */
  const pay = (mayExecute: boolean): void => {
    const spent = script().modelledSeconds() - paidSeconds;
    if (session.network.slow && spent > 0) {
      session.world.workspace.clock.advance(Math.round(spent * 1000));
      const untilMs = Date.now() + Math.min(MOST_PAID_MS, spent * 1000 * session.network.factor);
      for (let leftMs = untilMs - Date.now(); leftMs > 0; leftMs = untilMs - Date.now()) {
        serveBeside(mayExecute);
        link.wait(leftMs);
      }
    }
    paidSeconds = script().modelledSeconds();
  };

  const direct = (call: HostCall): null => {
    if (isBeside) return null;
    const mayExecute = OUTSIDE_THE_LOCK.includes(call.kind);
    pay(mayExecute);
    serveBeside(mayExecute);
    paidSeconds = script().modelledSeconds();
    for (const { method, url } of call.requests) countWrite(session, method, url);
    if (session.busy !== null) {
      session.busy = { ...session.busy, calls: script().counts.http - callsBefore };
    }
    if (Date.now() - publishedMs >= PUBLISH_MS) publishNow();
    return null;
  };

  return {
    waiting,
    isStopped: () => isStopped,
    stop: () => {
      isStopped = true;
    },
    run(what, work, mayStop = false) {
      // A second run waits in the queue, so that there is none here.
      const { appsScript } = session.world.workspace;
      isStopped = false;
      callsBefore = appsScript.counts.http;
      paidSeconds = appsScript.modelledSeconds();
      session.busy = { what, progress: '', sinceMs: Date.now(), calls: 0, mayStop, waits: false };
      appsScript.direct(direct);
      note(session, 'act', what);
      publishNow();
      try {
        return work();
      } finally {
        pay(true);
        appsScript.direct(null);
        session.busy = null;
        noteNews(session);
      }
    },
    quietly(work) {
      if (isBeside) return work();
      paidSeconds = script().modelledSeconds();
      try {
        return work();
      } finally {
        pay(true);
      }
    },
    tell(progress) {
      if (session.busy !== null) session.busy = { ...session.busy, progress };
    },
    answers({ kind, title, message, buttons }) {
      const id = nextId(session);
      serveBeside(true);
      isGone = false;
      session.questions.push({ id, kind, title, message, buttons });
      if (session.busy !== null) session.busy = { ...session.busy, waits: true };
      publishNow();
      for (;;) {
        serveBeside(true);
        const answer: Answer | undefined = answered.get(id) ?? (isGone ? { button: 'CLOSE' } : undefined);
        if (answer === undefined) {
          link.wait(null);
          continue;
        }
        answered.delete(id);
        session.questions = session.questions.filter((one) => one.id !== id);
        if (session.busy !== null) session.busy = { ...session.busy, waits: false };
        publishNow();
        return answer;
      }
    },
    answer(question, button, text) {
      const open = session.questions.find(({ id }) => id === question);
      if (open === undefined) throw new Error('This question was answered already.');
      if (button !== 'CLOSE' && !open.buttons.includes(button))
        throw new Error(`There is no button ${button} on this question.`);
      answered.set(question, { button, text });
    },
    show(shown) {
      if (shown.kind === 'toast') {
        note(session, 'toast', shown.text);
        const { title, text, seconds } = shown;
        link.send({ toast: { id: nextId(session), title, text, seconds } });
        if (session.busy !== null) session.busy = { ...session.busy, progress: shown.text };
        publishNow();
      } else if (shown.kind === 'dialog' || shown.kind === 'sidebar') {
        openFrame(session, link, shown);
        publishNow();
      }
    },
  };
}

/** Such a call may change what the page shows. */
function countWrite({ revisions }: Session, method: string, url: string): void {
  if (method === 'GET') return;
  const { host, pathname } = new URL(url);
  if (host === 'sheets.googleapis.com') revisions.workbook += 1;
  else if (pathname.includes('/gmail/')) revisions.mail += 1;
  else if (pathname.includes('/drive/')) revisions.drive += 1;
  // An account that is disconnected may be one of the crew's.
  else if (pathname.includes('/calendar/') || pathname === '/revoke') revisions.calendars += 1;
}

function openFrame(
  session: Session,
  link: Link,
  { kind, title, html, width, height }: Extract<Shown, { readonly html: string }>,
): void {
  const id = nextId(session);
  const frame: FrameView = { id, kind, title, url: `/frame/${id}`, width, height };
  link.send({ frame: { id, html } });
  if (kind === 'dialog') session.dialogs.push(frame);
  else {
    closeFrame(session, link, session.sidebar?.id ?? 0);
    session.sidebar = frame;
  }
}

export function closeFrame(session: Session, link: Link, id: number): void {
  link.send({ frame: { id, html: null } });
  session.dialogs = session.dialogs.filter((one) => one.id !== id);
  if (session.sidebar?.id === id) session.sidebar = null;
}
