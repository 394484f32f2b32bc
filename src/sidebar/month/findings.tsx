/** What the audit noticed, by how much it matters, and the reasons with which it was accepted. */
import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { AcceptForm } from './accept-form.tsx';
import { Action } from './action.tsx';
import type { FindingView } from './contract.ts';
import type { PartProps } from './glance.tsx';
import type { IconName } from './icons.tsx';
import { Icon } from './icons.tsx';
import { Links } from './links.tsx';
import type { FindingGroup, FindingGroupId } from './words.ts';
import { count, counted, groupsOf } from './words.ts';

/** As many of a group are shown at first: a bad month may have hundreds. */
const SHOWN_FIRST = 15;

const GROUP_ICONS: { readonly [Id in FindingGroupId]: IconName } = {
  block: 'stopped',
  warn: 'warn',
  info: 'info',
  accepted: 'done',
};

export function Findings(props: PartProps): JSX.Element {
  const { view } = props;
  const groups = groupsOf(view.findings);
  return (
    <section aria-labelledby="findings-heading">
      <h2 id="findings-heading" tabIndex={-1}>
        Findings
      </h2>
      {groups.length === 0 ? (
        <p class="soft">
          {view.asOf === null ? 'The month was not audited yet.' : 'None. Everything agrees.'}
        </p>
      ) : (
        groups.map((group) => <Group key={`${view.month} ${group.id}`} group={group} {...props} />)
      )}
      {view.moreFindings === 0 ? null : (
        <p class="note">
          {`${count(view.moreFindings)} more, which weigh less: prepare the month, and see all of them in its Audit tab.`}
        </p>
      )}
    </section>
  );
}

function Group({ group, ...props }: PartProps & { readonly group: FindingGroup }): JSX.Element {
  const { id, title, findings } = group;
  const [all, setAll] = useState(false);
  const shown = all ? findings : findings.slice(0, SHOWN_FIRST);
  return (
    <div class={`group ${id}`}>
      <h3 id={`group-${id}`}>
        <Icon name={GROUP_ICONS[id]} />
        <span>{title}</span>
        <span class="soft"> ({findings.length})</span>
      </h3>
      <ul class="findings" aria-labelledby={`group-${id}`}>
        {shown.map((finding, index) => (
          <Finding key={`${finding.key} ${timesBefore(shown, index)}`} finding={finding} {...props} />
        ))}
      </ul>
      {shown.length === findings.length ? null : (
        <Action onAct={() => setAll(true)} small>
          {`Show all ${counted(findings.length, 'finding', 'findings')}`}
        </Action>
      )}
    </div>
  );
}

/** Two of the very same are told apart by their order. */
function timesBefore(findings: readonly FindingView[], index: number): number {
  return findings.slice(0, index).filter(({ key }) => key === findings[index]?.key).length;
}

function Finding({ finding, session, view, words }: PartProps & { readonly finding: FindingView }) {
  const [asked, setAsked] = useState(false);
  const { accepted, cents, links } = finding;
  const mayAccept = finding.mayAccept && accepted === null && view.mayRun;
  const acceptId = useId();
  const wasAsked = useRef(false);
  useLayoutEffect(() => {
    if (wasAsked.current && !asked) document.getElementById(acceptId)?.focus();
    wasAsked.current = asked;
  }, [asked, acceptId]);
  return (
    <li class="finding">
      <p>
        {finding.words}
        {cents === null || cents === 0 ? null : <span class="cents"> {words.money(cents, true)}</span>}
      </p>
      <Links links={links} label="Where to look" />
      {accepted === null ? null : (
        <p class="soft">
          Accepted by {accepted.by}: {accepted.reason}
        </p>
      )}
      {mayAccept && !asked ? (
        <Action
          id={acceptId}
          onAct={() => setAsked(true)}
          off={session.busy}
          expanded={false}
          label={`Accept with a reason: ${finding.words}`}
          small
        >
          Accept with a reason
        </Action>
      ) : null}
      {mayAccept && asked ? (
        <AcceptForm session={session} finding={finding} close={() => setAsked(false)} />
      ) : null}
    </li>
  );
}
