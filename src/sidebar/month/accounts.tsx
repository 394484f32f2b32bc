/** The accounts that Purser works with, and how long they will do. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Action } from './action.tsx';
import type { AccountLine, AccountsPart } from './contract.ts';
import { FailureNote } from './failure.tsx';
import type { IconName } from './icons.tsx';
import { Icon } from './icons.tsx';
import { safeUrl } from './links.tsx';
import type { Loaded } from './loaded.ts';

const LOOKS: { readonly [State in AccountLine['state']]: readonly [IconName, 'good' | 'warn' | 'bad'] } = {
  good: ['done', 'good'],
  'ends-soon': ['now', 'warn'],
  failing: ['warn', 'warn'],
  reconnect: ['stopped', 'bad'],
  missing: ['todo', 'bad'],
};

/** A link to Google’s page is good for ten minutes. */
const FRESH_MS = 9 * 60_000;

export function AccountsPanel({ accounts }: { readonly accounts: Loaded<AccountsPart> }): JSX.Element {
  const { value, loading, error, load } = accounts;
  const left = useRef(false);
  const latest = useRef(accounts);
  latest.current = accounts;
  useEffect(() => {
    const loadWhenOld = (): void => {
      if (Date.now() - latest.current.loadedMs >= FRESH_MS) load();
    };
    loadWhenOld();
    // Nobody looks: an open sidebar must not use up the day’s executions.
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') load();
    }, FRESH_MS);
    const returned = (): void => {
      if (document.visibilityState !== 'visible') return;
      // Who comes back from Google’s page has probably connected the account.
      if (left.current) load();
      else loadWhenOld();
      left.current = false;
    };
    window.addEventListener('focus', returned);
    document.addEventListener('visibilitychange', returned);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', returned);
      document.removeEventListener('visibilitychange', returned);
    };
  }, []);
  return (
    <section aria-labelledby="accounts-heading">
      <div class="section-head">
        <h2 id="accounts-heading" tabIndex={-1}>
          Accounts
        </h2>
        {value === null ? null : (
          <Action onAct={load} off={loading} small>
            Check again
          </Action>
        )}
      </div>
      <p role="status" class="soft">
        {loading ? 'Looking up the accounts…' : ''}
      </p>
      {error === null ? null : <FailureNote error={error} label="Try again" again={load} off={loading} />}
      {value === null ? null : value.lines.length === 0 ? (
        <p>None yet. Connect one in the menu: Purser › Connected accounts…</p>
      ) : (
        <ul class="cards">
          {value.lines.map((line) => (
            <Line
              key={line.id}
              line={line}
              opened={() => {
                left.current = true;
              }}
            />
          ))}
        </ul>
      )}
      {value === null ? null : (
        <p class="soft">To connect or disconnect accounts choose Purser › Connected accounts… in the menu.</p>
      )}
    </section>
  );
}

function Line({ line, opened }: { readonly line: AccountLine; readonly opened: () => void }): JSX.Element {
  const [icon, tone] = LOOKS[line.state];
  const url = safeUrl(line.reconnectUrl);
  return (
    <li class="card">
      <h3>{line.name}</h3>
      <p class={`state-name ${tone}`}>
        <Icon name={icon} />
        <span>{line.stateWords}</span>
      </p>
      {line.forecast.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {url === null ? null : (
        <div class="row">
          <a class="button main" onClick={opened} href={url} target="_blank" rel="noopener noreferrer">
            Reconnect<span class="unseen"> {line.name} (opens Google’s sign-in page in a new tab)</span>
          </a>
        </div>
      )}
    </li>
  );
}
