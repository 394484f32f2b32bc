/** What would go out: to whom, in which words, with which file. */
import type { JSX } from 'preact';
import type { MailView, RecipientView } from './contract.ts';
import { HashLine } from './hash-line.tsx';

export interface MailPreviewProps {
  readonly mail: MailView;
  readonly say: (words: string) => void;
}

export function MailPreview({ mail, say }: MailPreviewProps): JSX.Element {
  const { recipients, dropped } = mail;
  return (
    <div class="mail">
      <Chips title="To" recipients={recipients.filter(({ kind }) => kind === 'to')} />
      <Chips title="Cc" recipients={recipients.filter(({ kind }) => kind === 'cc')} />
      {dropped.length === 0 ? null : (
        <>
          <h3 id="dropped-heading">Got the last one, not this one</h3>
          <ul class="chips" aria-labelledby="dropped-heading">
            {dropped.map((address) => (
              <li key={address} class="chip dropped">
                <span>{address}</span>
                <span class="mark">dropped</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>The mail</h3>
      <dl class="facts">
        <dt>From</dt>
        <dd>{mail.from}</dd>
        <dt>Subject</dt>
        <dd class="strong">{mail.subject}</dd>
        <dt>File</dt>
        <dd>{mail.fileName}</dd>
      </dl>
      <details open>
        <summary>Text of the mail</summary>
        <pre class="mail-text">{mail.text}</pre>
      </details>
      <h3>What it can be known by</h3>
      <dl class="facts">
        <dt>Code</dt>
        <dd>{mail.statementCode}</dd>
        <dt>Fingerprint</dt>
        <dd class="mono">{mail.fingerprint.slice(0, 12)}</dd>
        <dt>SHA-256</dt>
        <dd>{mail.sha256 === null ? 'once it is prepared' : <HashLine hash={mail.sha256} say={say} />}</dd>
      </dl>
    </div>
  );
}

function Chips({
  title,
  recipients,
}: {
  readonly title: string;
  readonly recipients: readonly RecipientView[];
}) {
  if (recipients.length === 0) return null;
  const id = `recipients-${title}`;
  return (
    <>
      <h3 id={id}>{title}</h3>
      <ul class="chips" aria-labelledby={id}>
        {recipients.map(({ address, isNew }) => (
          <li key={address} class={isNew ? 'chip new' : 'chip'}>
            <span>{address}</span>
            {isNew ? <span class="mark">new</span> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
