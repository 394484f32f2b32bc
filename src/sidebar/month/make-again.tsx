/** A month that was sent already, made again and compared with its tab, cell by cell. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Action } from './action.tsx';
import type { ComparedMonth, SidebarError, SidebarView } from './contract.ts';
import { FailureNote } from './failure.tsx';
import { Field } from './field.tsx';
import { call } from './server.ts';
import type { Session } from './session.ts';
import { count, counted } from './words.ts';

export function MakeAgain({ session, view }: { readonly session: Session; readonly view: SidebarView }) {
  const [month, setMonth] = useState(view.month);
  const [tab, setTab] = useState(view.tabTitles.find((title) => title === view.label) ?? '');
  const [tried, setTried] = useState(false);
  const [going, setGoing] = useState(false);
  const [error, setError] = useState<SidebarError | null>(null);
  const [compared, setCompared] = useState<ComparedMonth | null>(null);
  const locked = useRef(false);
  const monthWrong = /^\d{4}-\d{2}$/.test(month.trim()) ? '' : 'Give the month as 2026-05.';
  const tabWrong = tab.trim() === '' ? 'Give the name of the tab, as it stands at the bottom.' : '';
  const off = going || session.busy || !view.mayRun;

  const compare = (): void => {
    setTried(true);
    if (off || locked.current) return;
    if (monthWrong !== '' || tabWrong !== '') {
      document.getElementById(monthWrong === '' ? 'again-tab' : 'again-month')?.focus();
      return;
    }
    locked.current = true;
    setGoing(true);
    setError(null);
    setCompared(null);
    session.say(`Making ${month.trim()} again…`);
    void call('sidebarMakeAgain', month.trim(), tab.trim()).then((answer) => {
      locked.current = false;
      setGoing(false);
      if (answer.ok) setCompared(answer.value);
      else setError(answer.error);
      session.say(answer.ok ? answer.value.words : '');
    });
  };

  return (
    <>
      <form
        class="inline-form"
        aria-label="Make a month again"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          compare();
        }}
      >
        <Field
          id="again-month"
          label="Month"
          type="month"
          value={month}
          change={setMonth}
          wrong={tried ? monthWrong : ''}
        />
        <Field
          id="again-tab"
          label="Its tab"
          value={tab}
          change={setTab}
          wrong={tried ? tabWrong : ''}
          offers={view.tabTitles}
        />
        <div class="row">
          <Action onAct={() => undefined} off={off} submits small>
            {going ? 'Comparing…' : 'Make it again and compare'}
          </Action>
        </div>
      </form>
      {error === null ? null : <FailureNote error={error} label="Try again" again={compare} off={off} />}
      {compared === null ? null : <Differences compared={compared} />}
    </>
  );
}

function Differences({ compared }: { readonly compared: ComparedMonth }): JSX.Element {
  const { differences, allDifferences, comparedCells, tabTitle, words } = compared;
  return (
    <div class="compared">
      <p class="strong">{words}</p>
      <p class="soft">{`${counted(comparedCells, 'cell', 'cells')} of ${tabTitle} compared.`}</p>
      {differences.length === 0 ? null : (
        <table>
          <caption>
            {differences.length < allDifferences
              ? `The first ${count(differences.length)} of ${count(allDifferences)} differences`
              : counted(allDifferences, 'difference', 'differences')}
          </caption>
          <thead>
            <tr>
              <th scope="col">Cell</th>
              <th scope="col">In the tab</th>
              <th scope="col">Made again</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ cell, was, made }) => (
              <tr key={cell}>
                <th scope="row">{cell}</th>
                <td>{was === '' ? '(empty)' : was}</td>
                <td>{made === '' ? '(empty)' : made}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
