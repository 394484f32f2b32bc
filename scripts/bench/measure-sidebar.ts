/** What the sidebar's calls cost in a month whose mail was read before, each an execution of its own. */
import type { Answer, CheckedMonth, SidebarCalls } from '../../src/sidebar/month/contract.ts';
import { MONTH, openScene, readMailDaily, statementMs } from './scene.ts';
import type { Spent } from './spent.ts';
import { spentBy } from './spent.ts';

export interface SidebarMeasured extends Spent {
  /** What a person does. */
  readonly name: string;
  /** Of the answer, as JSON. */
  readonly answerBytes: number;
}

const NAME = 'Nora Field';

/** In the order in which a person comes to them, from the first look to the statement that is out. @throws Error when it isn't */
export async function measureSidebar(bundleFolder: string, charters: number): Promise<SidebarMeasured[]> {
  const scene = await openScene(bundleFolder, charters);
  const { appsScript, network, clock } = scene.workspace;
  const measured: SidebarMeasured[] = [];
  const measure = <Name extends keyof SidebarCalls>(
    name: string,
    call: Name,
    ...args: Parameters<SidebarCalls[Name]>
  ): ReturnType<SidebarCalls[Name]> => {
    const answers: unknown[] = [];
    const spent = spentBy(appsScript, network, () => answers.push(appsScript.call(call, args)));
    const [answer] = answers as ReturnType<SidebarCalls[Name]>[];
    if (answer?.ok !== true) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    measured.push({ ...spent, name, answerBytes: JSON.stringify(answer).length });
    return answer;
  };
  try {
    await readMailDaily(scene);
    clock.set(statementMs());
    measure('open it', 'sidebarView', null);
    measure('look how far a run is', 'sidebarProgress');
    measure('check the month', 'sidebarCheck', MONTH);
    const { sha256, seal } = mailOf(measure('prepare the statement', 'sidebarPrepare', MONTH));
    const sent = measure('certify and send', 'sidebarSend', MONTH, {
      sha256,
      seal,
      name: NAME,
      sendNow: true,
    });
    if (!sent.ok || sent.value.status !== 'sent') throw new Error(`It was not sent: ${JSON.stringify(sent)}`);
    measure('open it afterwards', 'sidebarView', MONTH);
    measure('the accounts', 'sidebarAccounts');
    return measured;
  } finally {
    await scene.workspace.close();
  }
}

function mailOf(answer: Answer<CheckedMonth>): { readonly sha256: string; readonly seal: string } {
  const mail = answer.ok ? answer.value.mail : null;
  if (mail === null || mail.sha256 === null) throw new Error('There is nothing to send.');
  return { sha256: mail.sha256, seal: mail.seal };
}
