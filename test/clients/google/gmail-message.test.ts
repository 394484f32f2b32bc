import { send } from '../../../src/clients/exchange.ts';
import { getMessage } from '../../../src/clients/google/gmail-message.ts';
import { errorOf, fakeHost } from '../../tools/fake-host.ts';

// developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#MessagePart
const answering = (body: object, status = 200) => fakeHost({ answer: () => ({ status, body }) });

test('a message is asked for in full, by its id, with the token in its header only', () => {
  const host = answering({ id: 'a/1', threadId: 't' });
  send(host, getMessage('tok', 'a/1'));
  expect(host.rounds).toEqual([
    [
      {
        method: 'GET',
        url: 'https://gmail.googleapis.com/gmail/v1/users/me/messages/a%2F1?format=full',
        headers: { Authorization: 'Bearer tok' },
      },
    ],
  ]);
});

test('parts come with their parts, and what Gmail leaves out is empty', () => {
  const leaf = {
    partId: '0.0',
    mimeType: 'text/plain',
    headers: [{ name: 'A', value: 'b' }],
    body: { data: 'eA', size: 1 },
  };
  const file = { filename: 'a.pdf', body: { attachmentId: 'att', size: 9 } };
  const message = send(
    answering({
      id: '1',
      threadId: 't',
      internalDate: '1779000000000',
      payload: {
        mimeType: 'multipart/mixed',
        parts: [{ mimeType: 'multipart/alternative', parts: [leaf] }, file],
      },
    }),
    getMessage('t', '1'),
  );
  const none = { mimeType: '', filename: '', headers: [], data: null, attachmentId: null, parts: [] };
  expect(message).toEqual({
    id: '1',
    threadId: 't',
    internalDateMs: 1_779_000_000_000,
    payload: {
      ...none,
      mimeType: 'multipart/mixed',
      parts: [
        {
          ...none,
          mimeType: 'multipart/alternative',
          parts: [{ ...none, mimeType: 'text/plain', headers: [{ name: 'A', value: 'b' }], data: 'eA' }],
        },
        { ...none, filename: 'a.pdf', attachmentId: 'att' },
      ],
    },
  });
  expect(send(answering({ id: '1', threadId: 't' }), getMessage('t', '1')).payload).toEqual(none);
});

test('a message that was deleted meanwhile is told from every other failure', () => {
  const gone = { error: { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' } };
  expect(errorOf(() => send(answering(gone, 404), getMessage('t', '1'))).code).toBe('google-not-found');
});

test.each([
  { id: '1' },
  { id: '1', threadId: 't', internalDate: 'yesterday' },
  { id: '1', threadId: 't', payload: { parts: [{ parts: [{ body: { data: 1 } }] }] } },
])('a message of another shape (%j) is refused', (body) => {
  expect(errorOf(() => send(answering(body), getMessage('t', '1'))).code).toBe('reply-malformed');
});
