import { createEmulatorStranger } from '../../../scripts/local/google/stranger.ts';
import { base64url, eml } from './started-google.ts';

test('the plain emulator starts, takes a message and lists it', async () => {
  const stranger = await createEmulatorStranger();
  const headers = { authorization: `Bearer ${stranger.token}`, 'content-type': 'application/json' };
  const mail = `${stranger.baseUrl}/gmail/v1/users/me/messages`;
  const raw = base64url(eml([`From: ${stranger.email}`, 'To: lee@partner.example', 'Subject: Hello']));
  const sent = await fetch(`${mail}/send`, { method: 'POST', headers, body: JSON.stringify({ raw }) });
  expect(sent.status).toBe(200);
  const { id } = (await sent.json()) as { id: string };
  const list = (await (await fetch(`${mail}?q=in:sent`, { headers })).json()) as {
    messages: { id: string }[];
  };
  expect(list.messages.map((message) => message.id)).toEqual([id]);
  const made = await fetch(`${stranger.baseUrl}/drive/v3/files`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'Folder', mimeType: 'application/vnd.google-apps.folder' }),
  });
  expect(made.status).toBe(200);
  expect((await fetch(`${stranger.baseUrl}/drive/v3/files`, { headers })).status).toBe(200);
  await stranger.close();
});
