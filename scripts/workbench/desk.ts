/** The main thread’s work: takes requests one after the other, and some of them in the middle of another one. */
import type { MessagePort } from 'node:worker_threads';
import type { Shown } from '../local/apps-script/spreadsheet-app.ts';
import { ACTS_BESIDE, perform } from './acts.ts';
import { answerView } from './answer-view.ts';
import type { Act, SampleView } from './contract.ts';
import type { Answered, Asked, Link, Request, ToMain } from './link.ts';
import { overviewOf } from './overview.ts';
import { createSession, note, noteNews, replaceWorld, wordsOf } from './session.ts';
import { closeFrame, createStage } from './stage.ts';
import type { World } from './world.ts';

/** What the sidebar asks while a run goes on; they change nothing. */
const CALLS_BESIDE: readonly string[] = ['sidebarProgress', 'sidebarView'];

export interface DeskOptions {
  readonly link: Link;
  /** The link’s own port: its messages wake the idle thread. */
  readonly port: MessagePort;
  readonly sample: SampleView;
  openWorld(sample: SampleView, onShown: (shown: Shown) => void): Promise<World>;
}

/** Opens the first world and begins to answer. @returns ends the world there is */
export async function openDesk({ link, port, sample, openWorld }: DeskOptions): Promise<() => Promise<void>> {
  let show: (shown: Shown) => void = () => {};
  const onShown = (shown: Shown): void => show(shown);
  const session = createSession(await openWorld(sample, onShown), Date.now());
  const publish = (): void => {
    noteNews(session);
    link.send({ overview: overviewOf(session) });
  };
  const stage = createStage({ session, link, publish, mayServe, serve });
  show = stage.show;

  function mayServe({ asked }: Request, mayExecute: boolean): boolean {
    if (asked.ask === 'view') return true;
    if (asked.ask === 'call') return mayExecute && CALLS_BESIDE.includes(asked.name);
    return ACTS_BESIDE.includes(asked.act.do);
  }

  function serve({ id, asked }: Request): void {
    const done = answered(() => answerOf(asked));
    // Before the answer: who has it may ask for what came of it.
    if (asked.ask === 'act' || (asked.ask === 'call' && !CALLS_BESIDE.includes(asked.name))) publish();
    link.send({ id, answered: done });
  }

  function answerOf(asked: Asked): Answered {
    switch (asked.ask) {
      case 'view':
        return answerView(session, asked.name, asked.query);
      case 'act':
        if (asked.act.do === 'reset') throw new Error('The sample can’t be reset while a script runs.');
        return { reply: { ok: true, value: perform(session, stage, link, asked.act) } };
      case 'call':
        return called(asked.name, asked.args);
    }
  }

  function called(name: string, args: readonly unknown[]): Answered {
    const { appsScript } = session.world.workspace;
    const call = (): unknown => appsScript.call(name, args, { answers: stage.answers });
    // Such a call shows nothing of itself, whether it runs beside another one or not.
    const value = CALLS_BESIDE.includes(name) ? stage.quietly(call) : stage.run(`Page: ${name}`, call);
    return { reply: { ok: true, value: value ?? null } };
  }

  async function reset({
    month,
    generate,
    firstDay,
  }: Extract<Act, { readonly do: 'reset' }>): Promise<Answered> {
    const before = session.world;
    session.busy = {
      what: 'Resetting the sample',
      progress: '',
      sinceMs: Date.now(),
      calls: 0,
      mayStop: false,
      waits: false,
    };
    publish();
    try {
      const world = await openWorld({ month, generate, firstDay }, onShown);
      for (const { id } of [...session.dialogs, ...(session.sidebar === null ? [] : [session.sidebar])])
        closeFrame(session, link, id);
      replaceWorld(session, world);
      note(session, 'act', 'The sample was reset.');
      await before.close();
      return { reply: { ok: true, value: { words: 'The sample is as at the start.', page: null } } };
    } finally {
      session.busy = null;
    }
  }

  /** One after the other, because `reset` takes its time and the script blocks. */
  let last: Promise<void> = Promise.resolve();
  async function work(request: Request): Promise<void> {
    const { id, asked } = request;
    if (asked.ask === 'act' && asked.act.do === 'reset') {
      const { act } = asked;
      const done = await reset(act).catch((error: unknown) => failed(error));
      publish();
      link.send({ id, answered: done });
    } else serve(request);
    for (let next = stage.waiting.shift(); next !== undefined; next = stage.waiting.shift()) await work(next);
  }

  port.on('message', (message: ToMain) => {
    if ('gone' in message) return;
    const { request } = message;
    last = last
      .then(() => work(request))
      // The local servers are gone, say: nobody waits for an answer that never comes.
      .catch((error: unknown) => link.send({ id: request.id, answered: failed(error) }));
  });
  publish();
  return async () => {
    await last;
    await session.world.close();
  };
}

function answered(work: () => Answered): Answered {
  try {
    return work();
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Answered {
  return { reply: { ok: false, error: { what: wordsOf(error), now: '' } } };
}
