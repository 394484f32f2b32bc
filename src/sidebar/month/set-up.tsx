/** The checklist of the first day: each point tested by its own button. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Action } from './action.tsx';
import type { SetUpCheck, SetUpCheckId, SidebarError, SidebarView } from './contract.ts';
import { FailureNote } from './failure.tsx';
import type { IconName } from './icons.tsx';
import { Icon } from './icons.tsx';
import { Links } from './links.tsx';
import type { Loaded } from './loaded.ts';
import { MakeAgain } from './make-again.tsx';
import { call } from './server.ts';
import type { Session } from './session.ts';

interface SetUpProps {
  readonly checks: Loaded<readonly SetUpCheck[]>;
  readonly session: Session;
  readonly view: SidebarView;
}

const LOOKS: { readonly [State in SetUpCheck['state']]: readonly [IconName, string, string] } = {
  untested: ['todo', 'plain', 'Not tested'],
  good: ['done', 'good', 'Good'],
  attention: ['warn', 'warn', 'Needs attention'],
  failed: ['stopped', 'bad', 'Does not work'],
};

interface Missed {
  readonly id: SetUpCheckId;
  readonly error: SidebarError;
}

export function SetUpPanel({ checks, session, view }: SetUpProps): JSX.Element {
  const { value, loading, error, load } = checks;
  const [testing, setTesting] = useState<SetUpCheckId | null>(null);
  const [missed, setMissed] = useState<Missed | null>(null);
  const locked = useRef(false);
  useEffect(() => {
    if (value === null) load();
  }, []);

  const test = ({ id, title }: SetUpCheck): void => {
    if (locked.current) return;
    locked.current = true;
    setTesting(id);
    setMissed(null);
    session.say(`Testing: ${title}…`);
    void call('sidebarTest', id).then((answer) => {
      locked.current = false;
      setTesting(null);
      if (!answer.ok) {
        session.say('');
        setMissed({ id, error: answer.error });
        return;
      }
      const found = answer.value;
      checks.change((before) => before.map((one) => (one.id === id ? found : one)));
      session.say(`${title}: ${LOOKS[found.state][2].toLowerCase()}.`);
    });
  };

  return (
    <section aria-labelledby="set-up-heading">
      <h2 id="set-up-heading" tabIndex={-1}>
        Set up
      </h2>
      <p class="soft" role="status">
        {loading ? 'Looking up the checklist…' : ''}
      </p>
      {error === null ? null : <FailureNote error={error} label="Try again" again={load} off={loading} />}
      {value === null ? null : (
        <>
          <p>{testedWords(value)}</p>
          <ol class="cards">
            {value.map((check) => (
              <Check
                key={check.id}
                check={check}
                test={() => test(check)}
                testing={testing}
                missed={missed?.id === check.id ? missed.error : null}
                session={session}
                view={view}
              />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

interface CheckProps {
  readonly check: SetUpCheck;
  readonly test: () => void;
  readonly testing: SetUpCheckId | null;
  readonly missed: SidebarError | null;
  readonly session: Session;
  readonly view: SidebarView;
}

function Check({ check, test, testing, missed, session, view }: CheckProps): JSX.Element {
  const [icon, tone, said] = LOOKS[check.state];
  const off = testing !== null || session.busy || !view.mayRun;
  return (
    <li class="card">
      <div class="section-head">
        <h3>{check.title}</h3>
        {check.id === 'make-again' ? null : (
          <Action onAct={test} off={off} label={`Test: ${check.title}`} small>
            {testing === check.id ? 'Testing…' : 'Test'}
          </Action>
        )}
      </div>
      <p class={`state-name ${tone}`}>
        <Icon name={icon} />
        <span>{said}</span>
      </p>
      {check.words.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {check.fix === '' ? null : (
        <p class="fix">
          <strong>To do:</strong> {check.fix}
        </p>
      )}
      <Links links={check.links} label={`Links of ${check.title}`} />
      {missed === null ? null : <FailureNote error={missed} label="Try again" again={test} off={off} />}
      {check.id === 'make-again' ? <MakeAgain key={view.month} session={session} view={view} /> : null}
    </li>
  );
}

function testedWords(checks: readonly SetUpCheck[]): string {
  const count = (state: SetUpCheck['state']): number =>
    checks.filter((check) => check.state === state).length;
  const untested = count('untested');
  if (untested === checks.length)
    return `None of the ${checks.length} is tested yet. From top to bottom is best.`;
  const rest = untested === 0 ? '' : `, ${untested} not tested yet`;
  return `${count('good')} of ${checks.length} are good${rest}.`;
}
