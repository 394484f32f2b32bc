import { send } from '../../../src/clients/exchange.ts';
import { findNewest, getHeaders, listMessages, sendMessage } from '../../../src/clients/google/gmail.ts';
import { errorOf, fakeHost } from '../../tools/fake-host.ts';

// developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages
const answering = (body: object) => fakeHost({ answer: () => ({ status: 200, body }) });

test('a search asks for one page with the query encoded, and the token in its header only', () => {
  const host = answering({ messages: [{ id: '1', threadId: 't' }], resultSizeEstimate: 1 });
  expect(send(host, listMessages('tok', 'in:sent {"A&B" "é"}', null))).toEqual({
    messages: [{ id: '1', threadId: 't' }],
    nextPage: null,
  });
  expect(host.rounds).toEqual([
    [
      {
        method: 'GET',
        url: 'https://gmail.googleapis.com/gmail/v1/users/me/messages?maxResults=50&q=in%3Asent%20%7B%22A%26B%22%20%22%C3%A9%22%7D',
        headers: { Authorization: 'Bearer tok' },
      },
    ],
  ]);
});

test('nothing found comes without a list, and is nothing', () => {
  expect(send(answering({ resultSizeEstimate: 0 }), listMessages('t', 'x', null))).toEqual({
    messages: [],
    nextPage: null,
  });
});

test('headers are asked for by name; a message that has none of them is one without headers', () => {
  const host = answering({
    id: '1',
    threadId: 't',
    internalDate: '1779000000000',
    payload: { mimeType: 'text/plain' },
  });
  expect(send(host, getHeaders('t', '1', ['To', 'X-Purser-Kind']))).toEqual({
    id: '1',
    threadId: 't',
    internalDateMs: 1_779_000_000_000,
    headers: [],
  });
  expect(host.rounds[0]?.[0]?.url).toMatch(
    /messages\/1\?format=metadata&metadataHeaders=To&metadataHeaders=X-Purser-Kind$/,
  );
});

test.each([
  { id: 1, threadId: 't' },
  { id: '1' },
  { id: '1', threadId: 't', internalDate: 'yesterday' },
  { id: '1', threadId: 't', payload: { headers: [{ name: 'To' }] } },
])('a message of another shape (%j) is refused', (body) => {
  expect(errorOf(() => send(answering(body), getHeaders('t', '1', ['To']))).code).toBe('reply-malformed');
});

test('the newest accepted hit is found, and none after it is looked at', () => {
  const host = fakeHost({
    answer: ({ url }) => {
      const id = /messages\/(\w+)\?/.exec(url)?.[1];
      return {
        status: 200,
        body:
          id === undefined
            ? { messages: ['a', 'b', 'c'].map((one) => ({ id: one, threadId: 't' })) }
            : { id, threadId: 't', payload: { headers: [{ name: 'Subject', value: id }] } },
      };
    },
  });
  expect(
    send(
      host,
      findNewest('t', 'q', ['Subject'], ({ id }) => id === 'b'),
    )?.id,
  ).toBe('b');
  expect(host.rounds).toHaveLength(3);
  expect(
    send(
      host,
      findNewest('t', 'q', ['Subject'], () => false),
    ),
  ).toBeNull();
});

test('hits that are not accepted don’t hide an older one, on a later page neither', () => {
  const host = fakeHost({
    answer: ({ url }) => {
      const id = /messages\/(\w+)\?/.exec(url)?.[1];
      if (id !== undefined) return { status: 200, body: { id, threadId: 't', payload: {} } };
      const second = url.endsWith('&q=q&pageToken=next%2Fpage');
      return {
        status: 200,
        body: {
          messages: (second ? ['c', 'd'] : ['a', 'b']).map((one) => ({ id: one, threadId: 't' })),
          ...(second ? {} : { nextPageToken: 'next/page' }),
        },
      };
    },
  });
  const found = (wanted: string) =>
    send(
      host,
      findNewest('t', 'q', [], ({ id }) => id === wanted),
    )?.id;
  expect(found('d')).toBe('d');
  expect(host.rounds).toHaveLength(6);
  expect(found('e')).toBeUndefined();
});

test('a message is sent as it is, once', () => {
  const host = answering({ id: '1', threadId: 't', labelIds: ['SENT'] });
  const call = sendMessage('tok', 'From: a\r\n\r\nx');
  expect(call.repeatable).toBe(false);
  expect(send(host, call)).toEqual({ id: '1', threadId: 't' });
  // developers.google.com/workspace/gmail/api/guides/uploads#simple
  expect(host.rounds[0]).toEqual([
    {
      method: 'POST',
      url: 'https://gmail.googleapis.com/upload/gmail/v1/users/me/messages/send?uploadType=media',
      headers: { Authorization: 'Bearer tok' },
      contentType: 'message/rfc822',
      body: 'From: a\r\n\r\nx',
    },
  ]);
});
