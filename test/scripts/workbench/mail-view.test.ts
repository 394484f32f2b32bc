/** Mails as the workbench’s page shows them. */
import { mailView } from '../../../scripts/workbench/views/mail-view.ts';

const READER = 'nora@blueheron.example';

function mailOf(text: string) {
  const raw = `From: ${READER}\r\nTo: ${READER}\r\nSubject: Statement\r\nContent-Type: text/plain\r\n\r\n${text}\r\n`;
  return { id: '18f', raw: new Uint8Array(Buffer.from(raw)), atMs: 0, labels: ['SENT'] };
}

it('is the mail of this world, though the one before had another with the same id and as long', () => {
  expect(mailView(READER, mailOf('Certified by Nora Field.')).text).toContain('Nora');
  expect(mailView(READER, mailOf('Certified by Dora Field.')).text).toContain('Dora');
});
