import type { Call } from '../../src/clients/exchange.ts';
import { send } from '../../src/clients/exchange.ts';
import type { MessageHeaders } from '../../src/clients/google/gmail.ts';
import { domainsIn } from '../../src/delivery/recipient-domains.ts';
import {
  chooseRecipients,
  KIND_HEADER,
  lastMailCalls,
  STATEMENT_HEADER,
  statementInSent,
} from '../../src/delivery/recipients.ts';
import type { Mailbox } from '../../src/statement/address.ts';
import { fakeHost, OWNER } from '../tools/fake-host.ts';

const OFFICE = 'office@blueheron.example';
const SUBJECT = 'Blue Heron Charters revenue statement, April 2026';

function mail(headers: Readonly<Record<string, string>>): MessageHeaders {
  return {
    id: 'm1',
    threadId: 't1',
    internalDateMs: 0,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  };
}

const box = (address: string, name = ''): Mailbox => ({ name, address });

function choose(
  changes: Partial<Parameters<typeof chooseRecipients>[0]> & { headers?: Readonly<Record<string, string>> },
) {
  const { headers, ...rest } = changes;
  return chooseRecipients({
    setting: null,
    alwaysCc: [],
    lastMail: headers === undefined ? null : mail({ From: OWNER, ...headers }),
    priorMonth: '2026-04',
    priorSubject: 'Blue Heron Charters revenue statement, April 2026',
    sender: OWNER,
    self: [OWNER],
    knownDomains: null,
    ...rest,
  });
}

describe('who gets the statement', () => {
  test('those of last month’s mail: To stays To and Cc stays Cc, with their names', () => {
    const { recipients, noticed } = choose({
      headers: {
        To: 'Grace Holloway <grace@tidewater.example>, "Okonkwo, Sam" <sam@okonkwo.example>',
        Cc: 'priya@raman.example',
      },
    });
    expect(recipients).toEqual({
      to: [box('grace@tidewater.example', 'Grace Holloway'), box('sam@okonkwo.example', 'Okonkwo, Sam')],
      cc: [box('priya@raman.example')],
    });
    expect(noticed).toEqual([]);
  });

  test('the setting goes before last month’s mail, which then only says what changed', () => {
    const { recipients, noticed } = choose({
      setting: [box('new@partner.example'), box('grace@tidewater.example')],
      headers: { To: 'Grace@Tidewater.example, old@partner.example' },
    });
    expect(recipients).toEqual({ to: [box('new@partner.example'), box('grace@tidewater.example')], cc: [] });
    expect(noticed).toEqual([
      {
        code: 'recipients-changed',
        about: 'new new@partner.example; no longer old@partner.example',
        message:
          'The recipients are not those of April 2026: new new@partner.example; no longer old@partner.example. Check them before you send.',
      },
    ]);
  });

  test('the CC setting always comes along, once', () => {
    const { recipients } = choose({
      alwaysCc: [box('Priya@raman.example'), box('GRACE@tidewater.example'), box('cpa@raman.example')],
      headers: { To: 'grace@tidewater.example', Cc: 'priya@raman.example' },
    });
    expect(recipients).toEqual({
      to: [box('grace@tidewater.example')],
      cc: [box('priya@raman.example'), box('cpa@raman.example')],
    });
  });

  test('the same address in any letter case gets one mail, and To goes before Cc', () => {
    const { recipients } = choose({
      headers: { To: 'A@x.example, a@X.example, b@x.example', Cc: 'B@x.example, c@x.example, C@x.example' },
    });
    expect(recipients).toEqual({ to: [box('A@x.example'), box('b@x.example')], cc: [box('c@x.example')] });
  });

  test('oneself is dropped, by account and by the alias that the mail came from', () => {
    const { recipients } = choose({
      headers: {
        From: 'Blue Heron <alias@blueheron.example>',
        To: `${OWNER.toUpperCase()}, grace@tidewater.example`,
        Cc: 'Alias@blueheron.example',
      },
    });
    expect(recipients).toEqual({ to: [box('grace@tidewater.example')], cc: [] });
  });

  test('a corrected statement goes to all who got the one before it, oneself too', () => {
    const { recipients, noticed } = choose({
      corrects: 'PRSK3QD202605V1',
      headers: { To: `${OWNER}, grace@tidewater.example`, Cc: 'priya@raman.example' },
    });
    expect(recipients).toEqual({
      to: [box(OWNER), box('grace@tidewater.example')],
      cc: [box('priya@raman.example')],
    });
    expect(noticed).toEqual([]);
  });

  test.each([OWNER, OFFICE])(
    'or to the setting, and then it is told once who got the one before and is left out, by %s too',
    (From) => {
      const { recipients, noticed } = choose({
        corrects: 'PRSK3QD202605V1',
        setting: [box('grace@tidewater.example')],
        headers: { From, To: `${OWNER}, grace@tidewater.example` },
      });
      expect(recipients).toEqual({ to: [box('grace@tidewater.example')], cc: [] });
      expect(noticed).toEqual([
        {
          code: 'recipients-changed',
          about: `no longer ${OWNER}`,
          message: `The recipients are not those of PRSK3QD202605V1: no longer ${OWNER}. Check them before you send.`,
        },
      ]);
    },
  );

  describe('when statements go out from another mailbox than the person’s own', () => {
    const headers = { From: OFFICE, To: OWNER, Cc: 'grace@tidewater.example' };

    test('the person who got it last month gets it again', () => {
      const { recipients, noticed } = choose({ self: [OWNER, OFFICE], sender: OFFICE, headers });
      expect(recipients).toEqual({ to: [box(OWNER)], cc: [box('grace@tidewater.example')] });
      expect(noticed).toEqual([]);
    });

    test('so does another connected account', () => {
      const { recipients } = choose({
        self: [OWNER, OFFICE],
        headers: { To: 'grace@tidewater.example', Cc: OFFICE },
      });
      expect(recipients).toEqual({ to: [box('grace@tidewater.example')], cc: [box(OFFICE)] });
    });

    test.each([
      [OFFICE, OWNER, { self: [OWNER, OFFICE], sender: OWNER, headers }],
      [
        OWNER,
        OFFICE,
        { self: [OWNER, OFFICE], sender: OFFICE, headers: { To: OFFICE, Cc: 'grace@tidewater.example' } },
      ],
    ])(
      'and once %s sends no more and %s, who got it, does, it is said who is left out',
      (_, now, question) => {
        const { recipients, noticed } = choose(question);
        expect(recipients).toEqual({ to: [box('grace@tidewater.example')], cc: [] });
        expect(noticed).toEqual([
          {
            code: 'recipients-changed',
            about: `no longer ${now}, which it goes out from now`,
            message: `The recipients are not those of April 2026: no longer ${now}, which it goes out from now. Check them before you send.`,
          },
        ]);
      },
    );
  });

  test('where nobody could look is named when no mail was found', () => {
    const why = `${OFFICE} must be connected again.`;
    expect(choose({ unsearched: [why] }).noticed[0]?.message).toContain(
      `It may be where Purser could not look: ${why}`,
    );
  });

  test('where it was looked for is said when that is more than one’s own Sent', () => {
    const { noticed } = choose({ searched: [OWNER, OFFICE] });
    expect(noticed[0]?.message).toContain(`was found in Sent of ${OWNER} and ${OFFICE} (by`);
    expect(choose({}).noticed[0]?.message).toContain('was found in Sent (by');
  });

  test('a copy to oneself by the CC setting is no change each month', () => {
    const { recipients, noticed } = choose({
      alwaysCc: [box(OWNER)],
      headers: { To: 'grace@tidewater.example', Cc: OWNER },
    });
    expect(recipients.cc).toEqual([box(OWNER)]);
    expect(noticed).toEqual([]);
  });

  test('when all were copied, the copies become the recipients', () => {
    const { recipients } = choose({ headers: { To: OWNER, Cc: 'a@x.example, b@x.example' } });
    expect(recipients).toEqual({ to: [box('a@x.example'), box('b@x.example')], cc: [] });
  });

  test('several To headers and folded ones are read as one', () => {
    const lastMail = {
      ...mail({ From: OWNER }),
      headers: [
        { name: 'to', value: 'a@x.example,\r\n b@x.example' },
        { name: 'TO', value: 'c@x.example' },
      ],
    };
    const { recipients } = choose({ lastMail });
    expect(recipients.to.map(({ address }) => address)).toEqual([
      'a@x.example',
      'b@x.example',
      'c@x.example',
    ]);
  });
});

describe('nobody to send to', () => {
  test.each([
    ['no mail was found', {}, 'no statement mail for April 2026 was found in Sent'],
    ['it went to oneself only', { headers: { To: OWNER } }, 'went to nobody but yourself'],
    ['the setting names nobody', { setting: [] }, '“Statement recipients” names no address'],
  ])('is said when %s, and what to do', (_, changes, words) => {
    const { recipients, noticed } = choose(changes);
    expect(recipients).toEqual({ to: [], cc: [] });
    expect(noticed).toEqual([{ code: 'no-recipients', message: expect.stringContaining(words) }]);
    expect(noticed[0]?.message).toMatch(/Enter the recipients/);
  });

  test('the CC setting alone is nobody: the accountant’s copy is not the statement', () => {
    expect(choose({ alwaysCc: [box('cpa@raman.example')] }).noticed.map(({ code }) => code)).toEqual([
      'no-recipients',
    ]);
  });

  test('a recipient of last month who can’t be read is not dropped in silence', () => {
    const { recipients, noticed } = choose({
      headers: { To: 'grace@tidewater.example, René <rené@x.example>' },
    });
    expect(recipients.to).toEqual([box('grace@tidewater.example')]);
    expect(noticed).toEqual([
      {
        code: 'recipients-changed',
        about: '“rené@x.example René”',
        message: expect.stringContaining('rené@x.example'),
      },
    ]);
  });
});

describe('a domain that no statement went to before', () => {
  const found = (changes: Parameters<typeof choose>[0]): string[] =>
    choose(changes)
      .noticed.filter(({ code }) => code === 'recipient-new-domain')
      .map(({ message }) => message);
  const setting = [box('Ann@New.example'), box('bob@new.example'), box('grace@tidewater.example')];
  const known = domainsIn(['grace@tidewater.example, Sam <sam@okonkwo.example>', 'x@y.example']);

  test('is named once, with all its addresses', () => {
    expect(found({ setting, knownDomains: known })).toEqual([
      'No statement has gone to anybody at new.example before, and this one would go to Ann@New.example, bob@new.example. Check the addresses letter by letter before you send.',
    ]);
  });

  test('is looked for among copies as well, and a domain below a known one is another', () => {
    expect(
      found({ setting: [box('a@y.example')], alwaysCc: [box('a@mail.y.example')], knownDomains: known }),
    ).toEqual([expect.stringContaining('anybody at mail.y.example before')]);
  });

  test('is none that last month’s mail went to, in any letter case', () => {
    const headers = { To: 'old@NEW.example', Cc: 'g@tidewater.example' };
    expect(found({ setting, headers })).toEqual([]);
    expect(found({ headers, knownDomains: new Set(['else.example']) })).toEqual([]);
    expect(found({ setting, headers: { To: 'g@tidewater.example' } })).toHaveLength(1);
  });

  test('is none while nothing is known of any, and never one’s own', () => {
    expect(found({ setting })).toEqual([]);
    expect(found({ setting, knownDomains: new Set() })).toEqual([]);
    expect(found({ setting: [box(`else@${OWNER.split('@')[1]}`)], knownDomains: known })).toEqual([]);
  });
});

const CODE = 'PRSABCD202604V1';
/** Purser's own marks. */
const MARKS = { [KIND_HEADER]: 'statement', [STATEMENT_HEADER]: CODE };

/** Gmail with these messages, newest first, for any search; the searches are kept. */
function gmail(messages: readonly Readonly<Record<string, string>>[]) {
  const searches: string[] = [];
  const host = fakeHost({
    answer: ({ url }) => {
      const id = /\/messages\/([^?]+)\?/.exec(url)?.[1];
      if (id === undefined) {
        searches.push(decodeURIComponent(/[?&]q=([^&]*)/.exec(url)?.[1] ?? ''));
        return {
          status: 200,
          body: { messages: messages.map((__, at) => ({ id: `m${at}`, threadId: 't' })) },
        };
      }
      const asked = [...url.matchAll(/metadataHeaders=([^&]*)/g)].map(([, name]) => name);
      const headers = Object.entries(messages[Number(id.slice(1))] ?? {})
        .filter(([name]) => asked.some((one) => one?.toLowerCase() === name.toLowerCase()))
        .map(([name, value]) => ({ name, value }));
      return { status: 200, body: { id, threadId: 't', internalDate: '1', payload: { headers } } };
    },
  });
  return { host, searches };
}

describe('which mail counts', () => {
  const found = (which: 'byCode' | 'bySubject', messages: readonly Readonly<Record<string, string>>[]) => {
    const { host, searches } = gmail(messages);
    const calls = lastMailCalls('token', (version) => `PRSABCD202604V${version}`, SUBJECT);
    const call: Call<MessageHeaders | null> = calls[which];
    return { id: send(host, call)?.id ?? null, searches, rounds: host.rounds.length };
  };
  const encoded = (words: string): string => `=?UTF-8?B?${Buffer.from(words).toString('base64')}?=`;

  // As last month's mail, and as this month's: certain, uncertain, or not at all.
  test.each<[string, Readonly<Record<string, string>>, 'certain' | 'uncertain' | null]>([
    ['a statement of Purser’s own', { ...MARKS, Subject: 'anything' }, 'certain'],
    ['its marks in other letters', { 'x-purser-kind': ' statement ', 'x-purser-statement': CODE }, 'certain'],
    ['a corrected statement in the same thread', { ...MARKS, 'In-Reply-To': '<x@mail>' }, 'certain'],
    ['a mail of before Purser', { Subject: SUBJECT }, 'uncertain'],
    ['one with its subject encoded', { Subject: encoded(SUBJECT) }, 'uncertain'],
    ['a test', { [KIND_HEADER]: 'test', Subject: SUBJECT }, null],
    ['a copy', { [KIND_HEADER]: 'copy', Subject: SUBJECT }, null],
    ['a notice', { 'x-purser-kind': 'notice', Subject: SUBJECT }, null],
    ['another statement that names this one', { ...MARKS, [STATEMENT_HEADER]: 'PRSWXYZ202604V1' }, null],
    ['a statement that says not of what', { [KIND_HEADER]: 'statement', Subject: SUBJECT }, null],
    ['a note that names the code', { Subject: 'Did you see the April figures?' }, null],
    ['an answer', { Subject: `Re: ${SUBJECT}` }, null],
    ['an answer with its own subject', { Subject: SUBJECT, 'In-Reply-To': '<x@mail>' }, null],
    ['a forward', { Subject: `Fwd: ${SUBJECT}` }, null],
    ['a German answer', { Subject: `AW: ${SUBJECT}` }, null],
    ['an answer with an encoded subject', { Subject: encoded(`Re: ${SUBJECT}`) }, null],
  ])('%s', (_, headers, counts) => {
    const expected = counts === null ? null : 'm0';
    expect(found('byCode', [headers]).id).toBe(expected);
    expect(found('bySubject', [headers]).id).toBe(expected);
    const { host, searches } = gmail([headers]);
    const inSent = send(host, statementInSent('token', CODE, SUBJECT));
    expect(inSent === null ? null : inSent.certain ? 'certain' : 'uncertain').toBe(counts);
    expect(searches).toEqual([`in:sent "${CODE}"`]);
  });

  describe('of a workbook that this one was copied from', () => {
    const OTHER = 'PRSWXYZ202604V1';
    const theirs = { [KIND_HEADER]: 'statement', [STATEMENT_HEADER]: OTHER };
    const last = (headers: Readonly<Record<string, string>>) =>
      send(
        gmail([headers]).host,
        lastMailCalls('token', () => CODE, SUBJECT, [(version) => `PRSWXYZ202604V${version}`]).bySubject,
      );
    const inSent = (headers: Readonly<Record<string, string>>, whateverSubject: boolean) => {
      const { host, searches } = gmail([headers]);
      const call = statementInSent('token', CODE, SUBJECT, [{ code: OTHER, whateverSubject }]);
      return { found: send(host, call), searches };
    };

    test('last month’s recipients come from its mail with the very subject only', () => {
      expect(last({ ...theirs, Subject: SUBJECT.toUpperCase() })?.id).toBe('m0');
      expect(last({ ...theirs, Subject: `${SUBJECT} (another boat)` })).toBeNull();
      expect(last({ ...theirs, [STATEMENT_HEADER]: 'PRSQQQQ202604V1', Subject: SUBJECT })).toBeNull();
      expect(last({ ...theirs, [KIND_HEADER]: 'copy', Subject: SUBJECT })).toBeNull();
    });

    test('its mail is this statement for certain with the very subject; with another one perhaps, or not', () => {
      const same = { ...theirs, Subject: SUBJECT };
      const other = { ...theirs, Subject: 'Another boat' };
      expect(inSent(same, false).found).toMatchObject({ certain: true, formerCode: OTHER });
      expect(inSent(same, true).found).toMatchObject({ certain: true, formerCode: OTHER });
      expect(inSent(other, true).found).toMatchObject({ certain: false, formerCode: OTHER });
      expect(inSent(other, false).found).toBeNull();
      expect(inSent({ ...same, [KIND_HEADER]: 'copy' }, true).found).toBeNull();
      expect(inSent(MARKS, true).found).toEqual({ message: expect.anything(), certain: true });
      expect(inSent(same, true).searches).toEqual([`in:sent {"${CODE}" "${OTHER}"}`]);
    });
  });

  test('a subject that begins like an answer is a subject', () => {
    const subject = 'Heron: revenue statement, April 2026';
    const { host } = gmail([{ Subject: `Re: ${subject}` }, { Subject: subject }]);
    expect(send(host, lastMailCalls('token', () => CODE, subject).bySubject)?.id).toBe('m1');
  });

  test('by code: any version of the month before is searched for, in Sent', () => {
    const { id, searches, rounds } = found('byCode', [MARKS]);
    expect(id).toBe('m0');
    expect(rounds).toBe(2);
    expect(searches[0]).toMatch(/^in:sent \{"PRSABCD202604V1" .*"PRSABCD202604V5"\} /);
  });

  test('by code: the answer to one partner, newer and quoting the code, does not make them the only recipient', () => {
    expect(found('byCode', [{ Subject: `Re: ${SUBJECT}` }, { [KIND_HEADER]: 'test' }, MARKS]).id).toBe('m2');
  });

  test('by subject: letter case and spaces don’t matter, encoding neither; more or other words do', () => {
    expect(
      found('bySubject', [
        { Subject: `${SUBJECT} (draft)` },
        { Subject: `Re: ${SUBJECT}` },
        { Subject: `  ${SUBJECT.toUpperCase()}  ` },
      ]).id,
    ).toBe('m2');
    expect(found('bySubject', [{ Subject: 'Another' }]).id).toBeNull();
    expect(found('bySubject', []).id).toBeNull();
  });

  test('a company’s quotes and backslashes can’t break out of the search', () => {
    const calls = lastMailCalls('token', () => 'PRSA', 'The "Heron" \\ Co" OR in:anywhere "x');
    const { url } = calls.bySubject.request({ nowMs: 0 });
    const q = decodeURIComponent(/[?&]q=([^&]*)/.exec(url)?.[1] ?? '');
    expect(q.match(/"/g)).toHaveLength(6);
    expect(q).not.toContain('\\');
  });
});
