/** From the file to the mail: prepare, look, certify, and what came of it. */
import type { ComponentChildren, JSX } from 'preact';
import { Action } from './action.tsx';
import { CertifyForm } from './certify-form.tsx';
import type { PartProps } from './glance.tsx';
import { Links } from './links.tsx';
import { MailPreview } from './mail-preview.tsx';
import { Unresolved } from './unresolved.tsx';

export function SendPanel(props: PartProps & { readonly toFindings: () => void }): JSX.Element {
  const { session, view } = props;
  return (
    <section aria-labelledby="send-heading">
      <h2 id="send-heading" tabIndex={-1}>
        Send {view.label}
      </h2>
      {session.checked?.alreadySent ? <p>It was sent before, and was not sent again.</p> : null}
      <Body {...props} />
    </section>
  );
}

function Body(props: PartProps & { readonly toFindings: () => void }): JSX.Element {
  const { session, view, words, toFindings } = props;
  const mail = session.checked?.mail ?? null;
  if (!view.mayRun) return <p>{view.ownerWords}</p>;
  if (view.unknown !== null) {
    return <Unresolved key={view.month} session={session} view={view} words={words} unknown={view.unknown} />;
  }
  if (view.state === 'sent') {
    return (
      <Told words={view.stateWords}>
        <Links links={view.links} label="What was sent" />
        <p class="soft">
          A copy for somebody else, or a corrected statement: choose it in the menu Purser of the workbook.
        </p>
      </Told>
    );
  }
  if (view.state === 'open') {
    return <Told words={view.stateWords} />;
  }
  if (view.state === 'sending') {
    return (
      <Told words={view.stateWords}>
        <div class="row">
          <Action onAct={session.look} off={session.busy}>
            Look again
          </Action>
        </div>
      </Told>
    );
  }
  if (mail === null) {
    const open = view.findings.filter((one) => one.accepted === null && one.severity === 'block').length;
    return (
      <Told words={view.stateWords}>
        {open === 0 ? null : <p>You can still make the tab and the file, to look at them.</p>}
        <div class="row">
          {open === 0 ? null : <Action onAct={toFindings}>See the findings</Action>}
          <Prepare {...props} main={open === 0} />
        </div>
        <PrepareWords />
        <Links links={view.links} label={`Links of ${view.label}`} />
      </Told>
    );
  }
  return (
    <>
      {mail.voided === null ? null : <p class="note warn">{mail.voided}</p>}
      <MailPreview mail={mail} say={session.say} />
      <Links links={view.links} label={`Links of ${view.label}`} />
      {mail.sha256 === null ? (
        <>
          <div class="row">
            <Prepare {...props} main />
          </div>
          <PrepareWords />
        </>
      ) : (
        <CertifyForm
          session={session}
          words={words}
          next={view.next}
          again={false}
          submit={session.send}
          sha256={mail.sha256}
          seal={mail.seal}
          recipients={mail.recipients.length}
        />
      )}
    </>
  );
}

function Told({ words, children }: { readonly words: string; readonly children?: ComponentChildren }) {
  return (
    <>
      <p>{words}</p>
      {children}
    </>
  );
}

function Prepare({ session, main }: PartProps & { readonly main: boolean }): JSX.Element {
  return (
    <Action onAct={session.prepare} off={session.busy} main={main} describedBy="prepare-words">
      Prepare
    </Action>
  );
}

function PrepareWords(): JSX.Element {
  return (
    <p id="prepare-words" class="soft">
      Prepare posts the month tab, makes the file, and shows what would go out to whom. Nothing is sent.
    </p>
  );
}
