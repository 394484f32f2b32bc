/** A mail of which nobody knows whether it went out: what is known, and the person’s decision. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Action } from './action.tsx';
import { CertifyForm } from './certify-form.tsx';
import type { UnknownView } from './contract.ts';
import { Moment, type PartProps } from './glance.tsx';
import { Links } from './links.tsx';
import { MailPreview } from './mail-preview.tsx';
import { useNow } from './now.ts';

export function Unresolved({
  session,
  view,
  words,
  unknown,
}: PartProps & { readonly unknown: UnknownView }): JSX.Element {
  const [sure, setSure] = useState(false);
  const { evidence, againFrom } = unknown;
  const early = useNow(againFrom);
  const mail = session.checked?.mail ?? null;
  return (
    <div class="unresolved">
      <p class="note warn">{view.stateWords}</p>
      <h3 id="evidence-heading">What is known</h3>
      <ul class="evidence" aria-labelledby="evidence-heading">
        {evidence.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Links links={view.links} label="Where to look" />
      <p>Look in the Sent folder of Gmail, or ask somebody who gets the statement. Then say what is true:</p>
      <div class="row">
        <Action id="it-was-sent" onAct={() => setSure(true)} off={session.busy} expanded={sure}>
          It was sent
        </Action>
        <Action
          onAct={() => session.resolve('again', null)}
          off={session.busy || early}
          describedBy="again-words"
        >
          Send again
        </Action>
      </div>
      <p id="again-words" class="soft">
        {early && againFrom !== null ? (
          <>
            “Send again” can be chosen from <Moment at={againFrom} words={words} /> on: until then the first
            mail may still turn up.
          </>
        ) : (
          '“Send again” first shows what would go out, to be certified anew.'
        )}
      </p>
      {sure ? (
        <fieldset class="inline-form" aria-labelledby="sure-words">
          <p id="sure-words">{view.label} will count as sent, and will not be sent again.</p>
          <div class="row">
            <Action onAct={() => session.resolve('sent', null)} off={session.busy} main small>
              Yes, it was sent
            </Action>
            <Action
              onAct={() => {
                setSure(false);
                document.getElementById('it-was-sent')?.focus();
              }}
              small
            >
              Cancel
            </Action>
          </div>
        </fieldset>
      ) : null}
      {mail === null || mail.sha256 === null || early ? null : (
        <>
          <p class="note warn">If the first mail went out after all, everybody gets the statement twice.</p>
          <MailPreview mail={mail} say={session.say} />
          <CertifyForm
            session={session}
            words={words}
            next={null}
            again
            submit={(certified) => session.resolve('again', certified)}
            sha256={mail.sha256}
            seal={mail.seal}
            recipients={mail.recipients.length}
          />
        </>
      )}
    </div>
  );
}
