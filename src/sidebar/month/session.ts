/** What the sidebar knows of the month, and what can be done with it. One thing is done at a time. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type {
  AcceptedFinding,
  Answer,
  Certified,
  CheckedMonth,
  ProgressView,
  SidebarError,
  SidebarView,
} from './contract.ts';
import { useProgressWatch } from './progress-watch.ts';
import { call } from './server.ts';
import { STATE_WORDS } from './words.ts';

export interface Failure {
  readonly error: SidebarError;
  /** Of the button: `Try again`. */
  readonly label: string;
  again(): void;
}

export interface Session {
  /** Null until the first answer. */
  readonly view: SidebarView | null;
  /** Of the month that `view` shows; null until it was checked or prepared in this sidebar. */
  readonly checked: CheckedMonth | null;
  /** What is going on, for the status line; empty when nothing is. */
  readonly doing: string;
  /** The month that is being looked up; null when none is. */
  readonly wanted: string | null;
  /** Whether what is going on can be left for another month. */
  readonly reading: boolean;
  /** Of a run, one’s own or another’s. */
  readonly progress: ProgressView | null;
  /** Nothing can be begun: something is done, or a run goes on elsewhere. */
  readonly busy: boolean;
  readonly failure: Failure | null;
  /** What came of the last thing; empty when there is nothing to say. */
  readonly notice: string;
  /** The name that was typed last: who certifies also accepts. */
  readonly name: string;
  rename(name: string): void;
  say(notice: string): void;
  open(month: string): void;
  /** The month that is shown, looked up anew. */
  look(): void;
  check(): void;
  prepare(): void;
  send(certified: Certified): void;
  /** @param certified null with `again`: only what would go out is made, to be certified */
  resolve(verdict: 'sent' | 'again', certified: Certified | null): void;
  accept(accepted: AcceptedFinding): void;
}

interface State {
  readonly view: SidebarView | null;
  readonly checked: CheckedMonth | null;
  readonly doing: string;
  readonly wanted: string | null;
  readonly reading: boolean;
  readonly progress: ProgressView | null;
  readonly failure: Failure | null;
  readonly notice: string;
  readonly name: string;
}

const FIRST: State = {
  view: null,
  checked: null,
  doing: 'Looking up the month…',
  wanted: null,
  reading: true,
  progress: null,
  failure: null,
  notice: '',
  name: '',
};

/** Short: the sentence about it stands in the part that is open. */
function stands({ label, state }: SidebarView): string {
  return `${label}: ${STATE_WORDS[state].toLowerCase()}.`;
}

const IDLE = { doing: '', wanted: null, reading: false } as const;

export function useSession(): Session {
  const [state, setState] = useState(FIRST);
  const change = (part: Partial<State>): void => setState((before) => ({ ...before, ...part }));
  /** At once, unlike state: the second of two quick clicks meets it. */
  const acting = useRef(false);
  /** Only the answer to the newest question counts. */
  const asked = useRef(0);
  const { view, progress } = state;
  const labelOf = (month: string): string =>
    view?.months.find((one) => one.month === month)?.label ?? (month || 'the month');

  const read = (month: string | null, doing: string, done: (next: SidebarView) => string): void => {
    if (acting.current) return;
    asked.current += 1;
    const mine = asked.current;
    change({ doing, wanted: month, reading: true, failure: null, notice: '' });
    void call('sidebarView', month).then((answer) => {
      if (mine !== asked.current) return;
      if (answer.ok) {
        const next = answer.value;
        change({ ...IDLE, view: next, checked: null, progress: next.running, notice: done(next) });
      } else {
        const again = (): void => read(month, doing, done);
        change({ ...IDLE, failure: { error: answer.error, label: 'Try again', again } });
      }
    });
  };
  const look = (): void => {
    const month = view?.month ?? null;
    read(month, `Looking up ${labelOf(month ?? '')}…`, stands);
  };

  /** @param label of the button after a failure; what may have sent is looked at before it is repeated */
  const act = <T>(
    doing: string,
    ask: (month: string) => Promise<Answer<T>>,
    done: (value: T) => Partial<State>,
    label: 'Try again' | 'Look again',
  ): void => {
    if (acting.current || view === null || progress !== null) return;
    acting.current = true;
    asked.current += 1;
    change({ doing, wanted: null, reading: false, failure: null, notice: '' });
    const again = (): void => {
      if (label === 'Look again') latest.current.look();
      else latest.current.act(doing, ask, done, label);
    };
    void ask(view.month).then((answer) => {
      acting.current = false;
      if (!answer.ok) {
        change({ ...IDLE, progress: null, failure: { error: answer.error, label, again } });
        return;
      }
      const part = done(answer.value);
      const error = part.checked?.error ?? null;
      change({
        ...IDLE,
        progress: null,
        ...part,
        ...(error === null ? {} : { notice: '', failure: { error, label, again } }),
      });
    });
  };
  const latest = useRef({ look, act });
  latest.current = { look, act };

  const month = (checked: CheckedMonth): Partial<State> => ({
    view: checked.view,
    checked,
    notice: stands(checked.view),
  });
  const label = view?.label ?? '';

  // After the first frame, so that something stands there while Google takes its time.
  useEffect(() => read(null, FIRST.doing, () => ''), []);
  useProgressWatch(
    view === null ? 'off' : progress !== null || acting.current ? 'closely' : 'idly',
    (heard) => {
      if (heard !== null) change({ progress: heard });
      else if (!acting.current && progress !== null) {
        change({ progress: null });
        // Another month may have been chosen; its answer has all that is new.
        if (!state.reading) look();
      }
    },
  );

  return {
    ...state,
    busy: state.doing !== '' || progress !== null,
    rename: (name) => change({ name }),
    say: (notice) => change({ notice }),
    open: (chosen) => read(chosen, `Looking up ${labelOf(chosen)}…`, stands),
    look,
    check: () => act(`Checking ${label}…`, (at) => call('sidebarCheck', at), month, 'Try again'),
    prepare: () => act(`Preparing ${label}…`, (at) => call('sidebarPrepare', at), month, 'Try again'),
    send: (certified) =>
      act(
        certified.sendNow ? `Sending ${label}…` : `Approving ${label}…`,
        (at) => call('sidebarSend', at, certified),
        month,
        'Look again',
      ),
    resolve: (verdict, certified) =>
      act(
        verdict === 'sent'
          ? `Noting that ${label} was sent…`
          : certified === null
            ? `Preparing ${label} to be sent again…`
            : `Sending ${label} again…`,
        (at) => call('sidebarResolve', at, verdict, certified),
        month,
        'Look again',
      ),
    accept: (accepted) =>
      act(
        'Writing down what was accepted…',
        (at) => call('sidebarAccept', at, accepted),
        (next) => ({
          view: next,
          // What was to be certified is not the same any more.
          checked: state.checked === null ? null : { ...state.checked, view: next, mail: null },
          notice: `Accepted. ${stands(next)}`,
        }),
        'Try again',
      ),
  };
}
