/** The month at a glance: how it stands, its figures, the steps of its way. */
import type { JSX } from 'preact';
import { Action } from './action.tsx';
import type { Figures, MonthState, ProgressView, SidebarView, StepView } from './contract.ts';
import type { IconName } from './icons.tsx';
import { Icon } from './icons.tsx';
import { Links } from './links.tsx';
import type { Session } from './session.ts';
import type { Wording } from './words.ts';
import { count, STATE_WORDS } from './words.ts';

export interface PartProps {
  readonly session: Session;
  readonly view: SidebarView;
  readonly words: Wording;
}

/** What stands beside a state: an icon, and a tone that only underlines it. */
const STATE_LOOKS: {
  readonly [State in MonthState]: readonly [IconName, 'good' | 'warn' | 'bad' | 'plain'];
} = {
  new: ['todo', 'plain'],
  open: ['now', 'plain'],
  held: ['stopped', 'bad'],
  ready: ['done', 'good'],
  approved: ['done', 'good'],
  queued: ['now', 'warn'],
  sending: ['now', 'plain'],
  sent: ['done', 'good'],
  failed: ['stopped', 'bad'],
  unknown: ['unsure', 'warn'],
};

export function Glance({
  session,
  view,
  words,
  toSend,
  toSetUp,
}: PartProps & { readonly toSend: () => void; readonly toSetUp: () => void }): JSX.Element {
  // Where the clock will do something by itself, Set up… was chosen.
  const firstDay = view.asOf === null && view.history.length === 0 && view.next === null;
  const toBeSent = !['new', 'open', 'sent'].includes(view.state);
  const [icon, tone] = STATE_LOOKS[view.state];
  return (
    <section aria-labelledby="glance-heading">
      <h2 id="glance-heading" tabIndex={-1}>
        {view.label}
        {view.version > 1 ? <span class="soft"> version {view.version}</span> : null}
      </h2>
      <div class={`state ${tone}`}>
        <p class="state-name">
          <Icon name={icon} />
          <span>{STATE_WORDS[view.state]}</span>
        </p>
        <p>{view.stateWords}</p>
        {view.mayRun ? null : <p>{view.ownerWords}</p>}
      </div>
      {view.mayRun ? (
        <div class="row">
          <Action
            onAct={session.check}
            off={session.busy}
            main={!firstDay && !toBeSent && view.state !== 'sent'}
            describedBy="check-words"
          >
            {view.asOf === null ? 'Check now' : 'Check again'}
          </Action>
          {firstDay ? (
            <Action onAct={toSetUp} main>
              Go to Set up
            </Action>
          ) : null}
          {toBeSent ? (
            <Action onAct={toSend} main={view.state !== 'held'}>
              {view.state === 'unknown' ? 'Settle it' : 'Go to Send'}
            </Action>
          ) : null}
        </div>
      ) : null}
      {view.mayRun ? (
        <p id="check-words" class="soft">
          Checking asks all sources. Nothing is written or sent.
        </p>
      ) : null}
      {view.figures === null ? null : <FiguresTable figures={view.figures} words={words} />}
      <dl class="facts">
        <dt>Data as of</dt>
        <dd>{view.asOf === null ? 'never collected' : <Moment at={view.asOf} words={words} />}</dd>
        <dt>Next by itself</dt>
        <dd>
          {view.next === null ? (
            'Nothing.'
          ) : view.next.at === null ? (
            view.next.words
          ) : (
            <>
              <Moment at={view.next.at} words={words} />: {view.next.words}
            </>
          )}
        </dd>
      </dl>
      <h3 id="steps-heading">Steps</h3>
      <ol class="steps" aria-labelledby="steps-heading">
        {stepsNow(view, session.progress).map((step) => (
          <Step key={step.step} step={step} words={words} />
        ))}
      </ol>
      <Links links={view.links} label={`Links of ${view.label}`} />
    </section>
  );
}

/** What a run that goes on has come to, before there is another view. */
function stepsNow({ month, steps }: SidebarView, progress: ProgressView | null): readonly StepView[] {
  const now = progress?.month === month ? steps.findIndex(({ step }) => step === progress.step) : -1;
  return steps.map((step, index) => {
    if (index === now) return { ...step, state: 'now', at: null, words: '' };
    const isPassed = index < now && step.state !== 'done' && step.step !== 'approved';
    return isPassed ? { ...step, state: 'done', at: null, words: '' } : step;
  });
}

function FiguresTable({ figures, words }: { readonly figures: Figures; readonly words: Wording }) {
  const { differenceCents } = figures;
  return (
    <dl class="figures">
      <div class="large">
        <dt>Reportable revenue</dt>
        <dd>{words.money(figures.reportableCents)}</dd>
      </div>
      <div>
        <dt>Recorded</dt>
        <dd>{words.money(figures.recordedCents)}</dd>
      </div>
      <div class={differenceCents === 0 ? '' : 'differs'}>
        <dt>Difference</dt>
        <dd>
          {differenceCents === 0 ? null : <Icon name="warn" />}
          {words.money(differenceCents, true)}
        </dd>
      </div>
      {(
        [
          ['Charters', figures.charters],
          ['Guests', figures.guests],
          ['Comps', figures.comps],
          ['Paying', figures.paying],
        ] as const
      ).map(([label, value]) => (
        <div key={label} class="quarter">
          <dt>{label}</dt>
          <dd>{count(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

const STEP_NAMES: { readonly [Step in StepView['step']]: string } = {
  collected: 'Collected',
  audited: 'Audited',
  posted: 'Posted',
  approved: 'Approved',
  filed: 'Filed',
  sent: 'Sent',
};

const STEP_LOOKS: { readonly [State in StepView['state']]: readonly [IconName, string] } = {
  done: ['done', 'done'],
  now: ['now', 'now'],
  stopped: ['stopped', 'stopped here'],
  'to-do': ['todo', 'not yet'],
};

function Step({ step, words }: { readonly step: StepView; readonly words: Wording }): JSX.Element {
  const [icon, said] = STEP_LOOKS[step.state];
  return (
    <li class={`step ${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
      <Icon name={icon} />
      <span class="step-name">{STEP_NAMES[step.step]}</span>
      <span class="step-when">
        {step.at !== null && step.state === 'done' ? (
          <>
            <span class="unseen">done </span>
            <Moment at={step.at} words={words} />
          </>
        ) : (
          said
        )}
      </span>
      {step.words === '' ? null : <span class="step-words">{step.words}</span>}
    </li>
  );
}

export function Moment({ at, words }: { readonly at: string; readonly words: Wording }): JSX.Element {
  return <time dateTime={at}>{words.moment(at)}</time>;
}
