/** The whole sidebar: head, status, four tabs. */
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { AccountsPanel } from './accounts.tsx';
import { FailureNote } from './failure.tsx';
import { Findings } from './findings.tsx';
import { Glance } from './glance.tsx';
import { useLoaded } from './loaded.ts';
import { Picture } from './picture.tsx';
import { Running } from './running.tsx';
import { SendPanel } from './send.tsx';
import { call } from './server.ts';
import { type Session, useSession } from './session.ts';
import { SetUpPanel } from './set-up.tsx';
import { Tabs, tabId } from './tabs.tsx';
import { STATE_WORDS, wording } from './words.ts';

type TabId = 'month' | 'send' | 'accounts' | 'set-up';

const NOTHING_YET = { currency: 'USD', timeZone: 'UTC', month: '' };

export function App(): JSX.Element {
  const session = useSession();
  const accounts = useLoaded(() => call('sidebarAccounts'));
  const checks = useLoaded(() => call('sidebarSetUp'));
  const [tab, setTab] = useState<TabId>('month');
  const { view } = session;
  useFocusKept(session);
  const open = view?.findings.filter(({ accepted, severity }) => accepted === null && severity !== 'info');
  const { currency, timeZone, month } = view ?? NOTHING_YET;
  const words = useMemo(() => wording(currency, timeZone, month), [currency, timeZone, month]);
  const goTo = (id: TabId): void => {
    setTab(id);
    document.getElementById(tabId(id))?.focus();
  };
  return (
    <>
      <Head session={session} />
      <Running session={session} words={words} />
      <main>
        {session.failure === null ? null : <FailureNote {...session.failure} off={session.doing !== ''} />}
        {view === null ? null : (
          <Tabs
            tabs={[
              {
                id: 'month',
                label: 'Month',
                count: open?.length ?? 0,
                countWords: open?.length === 1 ? 'open finding' : 'open findings',
              },
              { id: 'send', label: 'Send', count: 0, countWords: '' },
              { id: 'accounts', label: 'Accounts', count: 0, countWords: '' },
              { id: 'set-up', label: 'Set up', count: 0, countWords: '' },
            ]}
            chosen={tab}
            choose={setTab}
            busy={session.doing !== ''}
          >
            {tab === 'month' ? (
              <>
                <Glance
                  session={session}
                  view={view}
                  words={words}
                  toSend={() => goTo('send')}
                  toSetUp={() => goTo('set-up')}
                />
                <Findings session={session} view={view} words={words} />
                <Picture session={session} view={view} words={words} />
              </>
            ) : null}
            {tab === 'send' ? (
              <SendPanel session={session} view={view} words={words} toFindings={() => goTo('month')} />
            ) : null}
            {tab === 'accounts' ? <AccountsPanel accounts={accounts} /> : null}
            {tab === 'set-up' ? <SetUpPanel checks={checks} session={session} view={view} /> : null}
          </Tabs>
        )}
      </main>
    </>
  );
}

function Head({ session }: { readonly session: Session }): JSX.Element {
  const { view } = session;
  return (
    <header class="head">
      <h1 class="unseen">Purser{view === null ? '' : `: ${view.company}`}</h1>
      {view === null ? null : (
        <>
          <p class="company">{view.company}</p>
          <label class="picker">
            <span class="unseen">Month shown</span>
            <select
              value={session.wanted ?? view.month}
              disabled={session.doing !== '' && !session.reading}
              onChange={({ currentTarget }) => session.open(currentTarget.value)}
            >
              {view.months.some(({ month }) => month === view.month) ? null : (
                <option value={view.month}>{`${view.label} · ${STATE_WORDS[view.state]}`}</option>
              )}
              {view.months.map(({ month, label, state }) => (
                <option key={month} value={month}>
                  {`${label} · ${STATE_WORDS[month === view.month ? view.state : state]}`}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
    </header>
  );
}

/** What had the focus may be gone after an answer; then the heading over it has it, not the very top. */
function useFocusKept({ doing }: Session): void {
  useLayoutEffect(() => {
    if (doing !== '' || document.activeElement !== document.body) return;
    if (lastFocused !== null && !lastFocused.isConnected) {
      const near = lastHeading === null ? null : document.getElementById(lastHeading);
      (near ?? document.querySelector<HTMLElement>('[role="tabpanel"] h2'))?.focus();
    }
  });
}

let lastFocused: Element | null = null;
/** Of the part in which it is. */
let lastHeading: string | null = null;
document.addEventListener('focusin', ({ target }) => {
  lastFocused = target instanceof Element ? target : null;
  lastHeading = lastFocused?.closest('section[aria-labelledby]')?.getAttribute('aria-labelledby') ?? null;
});
