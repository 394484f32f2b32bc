/** Mailboxes: the list at the left, the message at the right. */
import { useEffect, useState } from 'preact/hooks';
import type { MailLine, MailView } from '../../contract.ts';
import { useAsked, useBench } from '../bench.ts';
import { bytesWords, momentWords, shortMoment } from '../moments.ts';
import { Icon, Shown } from '../parts.tsx';

/** What a link asked to see; another `count` is another wish. */
export interface MailWish {
  /** Null: the owner's. */
  readonly account: string | null;
  readonly id: string | null;
  readonly search: string | null;
  readonly count: number;
}

/** More lines are not drawn; the search finds the others. */
const MOST_LINES = 200;

export function Mailbox({ wish }: { readonly wish: MailWish | null }) {
  const { overview } = useBench();
  const { mailboxes, user, revisions } = overview;
  const [wanted, setWanted] = useState<string | null>(null);
  const account = mailboxes.find(({ address }) => address === wanted)?.address ?? user.email;
  const [id, setId] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  // Once for each wish.
  useEffect(() => {
    if (wish === null) return;
    setWanted(wish.account);
    setSearch(wish.search ?? '');
    setId(wish.id);
  }, [wish?.count]);
  const asked = useAsked<readonly MailLine[]>(
    `/api/mails?account=${encodeURIComponent(account)}`,
    revisions.mail,
  );
  return (
    <div class="mailbox">
      <div class="mail-list">
        <div class="row">
          <label>
            <span class="hidden">Mailbox</span>
            <select
              value={account}
              onChange={(event) => {
                setWanted(event.currentTarget.value);
                setId(null);
              }}
            >
              {mailboxes.map(({ address, messages }) => (
                <option key={address} value={address}>
                  {`${address} (${messages})`}
                </option>
              ))}
            </select>
          </label>
          <label class="grow">
            <span class="hidden">Search these mails</span>
            <input
              type="search"
              placeholder="Search"
              value={search}
              onInput={(event) => setSearch(event.currentTarget.value)}
            />
          </label>
        </div>
        <Shown asked={asked} what="The mailbox">
          {(lines) => <Lines lines={lines} search={search} chosen={id} onChoose={setId} />}
        </Shown>
      </div>
      <div class="mail-open">
        {id === null ? (
          <p class="soft pad">Choose a message to read it.</p>
        ) : (
          <Message key={`${account} ${id}`} account={account} id={id} />
        )}
      </div>
    </div>
  );
}

interface LinesProps {
  readonly lines: readonly MailLine[];
  readonly search: string;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

function Lines({ lines, search, chosen, onChoose }: LinesProps) {
  const { overview } = useBench();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = lines.filter((line) => {
    const text = [line.from, line.to, line.subject, line.opening, ...line.labels].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (found.length === 0) {
    return <p class="soft pad">{lines.length === 0 ? 'No mail here yet.' : 'No mail has these words.'}</p>;
  }
  return (
    <ul aria-label="Messages">
      {found.slice(0, MOST_LINES).map((line) => {
        const isSent = line.labels.includes('SENT');
        return (
          <li key={line.id}>
            <button
              type="button"
              class={line.labels.includes('UNREAD') ? 'line unread' : 'line'}
              {...(line.id === chosen ? { 'aria-current': 'true' as const } : {})}
              onClick={() => onChoose(line.id)}
            >
              <span class="who">{isSent ? `To: ${nameOf(line.to)}` : nameOf(line.from)}</span>
              <time dateTime={line.at}>{shortMoment(line.at, overview.timeZone)}</time>
              <span class="about">
                {line.attachments > 0 && <Icon name="clip" />}
                {line.attachments > 0 && <span class="hidden">With attachment. </span>}
                {line.subject === '' ? '(no subject)' : line.subject} <span class="soft">{line.opening}</span>
              </span>
            </button>
          </li>
        );
      })}
      {found.length > MOST_LINES && (
        <li class="soft pad">{found.length - MOST_LINES} older ones are not listed; search for them.</li>
      )}
    </ul>
  );
}

/** `"Nora Field" <nora@…>` → `Nora Field` */
function nameOf(addresses: string): string {
  const name = /^\s*"?([^"<]+?)"?\s*</.exec(addresses)?.[1];
  return name === undefined || name === '' ? addresses : name;
}

function Message({ account, id }: { readonly account: string; readonly id: string }) {
  const { overview } = useBench();
  const query = `account=${encodeURIComponent(account)}&id=${encodeURIComponent(id)}`;
  const asked = useAsked<MailView>(`/api/mail?${query}`, overview.revisions.mail);
  return (
    <Shown asked={asked} what="The message">
      {(mail) => <Letter mail={mail} />}
    </Shown>
  );
}

function Letter({ mail }: { readonly mail: MailView }) {
  const { overview } = useBench();
  const [part, setPart] = useState<'text' | 'html'>(mail.text === null ? 'html' : 'text');
  const heads = [
    ['From', mail.from],
    ['To', mail.to],
    ['Cc', mail.cc],
    ['Bcc', mail.bcc],
    ['Date', momentWords(mail.at, overview.timeZone)],
  ].filter(([, value]) => value !== '');
  return (
    <article class="letter">
      <h2>{mail.subject === '' ? '(no subject)' : mail.subject}</h2>
      <dl>
        {heads.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="row">
        {mail.files.map((file) => (
          <a key={file.url} class="chip" href={file.url} download={file.name}>
            <Icon name="clip" />
            {file.name} <span class="soft">{bytesWords(file.bytes)}</span>
          </a>
        ))}
        {mail.text !== null && mail.htmlUrl !== null && (
          <button type="button" class="small" onClick={() => setPart(part === 'text' ? 'html' : 'text')}>
            {part === 'text' ? 'Show as a web page' : 'Show as plain text'}
          </button>
        )}
      </div>
      {part === 'html' && mail.htmlUrl !== null ? (
        <iframe title={`The message ${mail.subject}`} sandbox="" src={mail.htmlUrl} />
      ) : (
        <pre>{mail.text ?? 'This message has no text.'}</pre>
      )}
      <details>
        <summary>All headers</summary>
        <dl class="headers">
          {mail.headers.map(({ name, value }, index) => (
            <div key={`${index} ${name}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </article>
  );
}
