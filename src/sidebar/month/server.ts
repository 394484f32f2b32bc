/** The one way from the sidebar to the server (developers.google.com/apps-script/guides/html/reference/run). */
import type { Answer, SidebarCalls, SidebarError } from './contract.ts';

type Calls = {
  readonly [Name in keyof SidebarCalls]: (...parameters: Parameters<SidebarCalls[Name]>) => void;
};

interface Run extends Calls {
  withSuccessHandler(handler: (answer: unknown) => void): Run;
  withFailureHandler(handler: (error: { readonly message?: string } | null) => void): Run;
}

declare const google: { readonly script: { readonly run: Run } } | undefined;

/** Of `Answer<T>` the T. */
export type Answered<Name extends keyof SidebarCalls> =
  ReturnType<SidebarCalls[Name]> extends Answer<infer T> ? T : never;

/**
 * An execution may take six minutes (developers.google.com/apps-script/guides/services/quotas). Whoever has heard
 * nothing after that, perhaps because the computer slept, won’t.
 */
const LONGEST_ANSWER_MS = 6.5 * 60_000;

/** Never rejects: what Google itself refuses or loses is an error in words, with a code that begins with `call-`. */
export function call<Name extends keyof SidebarCalls>(
  name: Name,
  ...parameters: Parameters<SidebarCalls[Name]>
): Promise<Answer<Answered<Name>>> {
  return new Promise((resolve) => {
    const failed = (error: SidebarError): void => resolve({ ok: false, error });
    const timer = setTimeout(() => failed(NO_ANSWER), LONGEST_ANSWER_MS);
    const done = (then: () => void): void => {
      clearTimeout(timer);
      then();
    };
    try {
      if (typeof google === 'undefined') throw new Error('google is not defined');
      const calls: Calls = google.script.run
        .withSuccessHandler((answer) =>
          done(() => (isAnswer<Answered<Name>>(answer) ? resolve(answer) : failed(NOTHING_CAME))),
        )
        .withFailureHandler((error) => done(() => failed(refused(error?.message ?? ''))));
      calls[name](...parameters);
    } catch (thrown) {
      done(() => failed(notBegun(thrown)));
    }
  });
}

/** What can’t cross arrives as null. The answer’s inside is the server’s own, made of the same contract. */
function isAnswer<T>(answer: unknown): answer is Answer<T> {
  return typeof answer === 'object' && answer !== null && 'ok' in answer;
}

const UNSURE = 'Nobody knows whether it was done: look again before you repeat it.';

const NO_ANSWER: SidebarError = {
  code: 'call-no-answer',
  what: 'Google did not answer for six minutes.',
  now: UNSURE,
};

const NOTHING_CAME: SidebarError = {
  code: 'call-empty',
  what: 'Google gave back an empty answer.',
  now: `${UNSURE} If it stays, close this sidebar and choose Purser › Open sidebar.`,
};

/** Signed in to several accounts, the browser may call as another one (issuetracker.google.com/issues/69270374). */
function refused(message: string): SidebarError {
  const several =
    'this browser is signed in to several Google accounts: open the workbook in a private window, signed in only as the account that owns Purser.';
  if (message.includes('PERMISSION_DENIED')) {
    return {
      code: 'call-refused',
      what: 'Google refused the call.',
      now: `That happens when ${several}`,
    };
  }
  const said = message === '' ? '' : ` It said: ${message.slice(0, 200)}`;
  return {
    code: 'call-failed',
    what: `The call to Google failed.${said}`,
    now: `${UNSURE} If it stays, perhaps ${several}`,
  };
}

function notBegun(thrown: unknown): SidebarError {
  const said = thrown instanceof Error ? thrown.message.slice(0, 200) : '';
  return {
    code: 'call-not-begun',
    what: `The sidebar could not reach Google${said === '' ? '' : ` (${said})`}. Nothing was done.`,
    now: 'Close this sidebar and choose Purser › Open sidebar.',
  };
}
