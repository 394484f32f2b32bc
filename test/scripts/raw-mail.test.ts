import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { rawMail } from '../../scripts/local/raw-mail.ts';

const TO = { name: 'Nora', address: 'nora@blueheron.example' };
const words = fc
  .string({ unit: fc.constantFrom(...'aZ 09,."\\<>@()=?_-é’Ł–日😀'), maxLength: 90 })
  .map((text) => text.replace(/\s+/g, ' ').trim());

test('whatever stands in name, subject and bodies, two strangers read it as it was written', async () => {
  await fc.assert(
    fc.asyncProperty(words, words, words, async (name, subject, body) => {
      const eml = rawMail({
        from: { name, address: 'agent@site.example' },
        to: TO,
        subject,
        sentMs: Date.UTC(2026, 4, 3, 12, 30),
        messageId: '<one@site.example>',
        text: `${body}\nEnd.`,
        html: `<p>${body.replace(/[<>&]/g, '')}</p>`,
      });
      const mail = await simpleParser(Buffer.from(eml));
      const other = await PostalMime.parse(eml);
      expect([mail.from?.value[0]?.name, mail.from?.value[0]?.address]).toEqual([name, 'agent@site.example']);
      expect(mail.subject ?? '').toBe(subject);
      expect([other.from?.name, other.subject ?? '']).toEqual([name, subject]);
      expect(mail.text?.trim()).toBe(`${body}\nEnd.`.trim());
      expect(other.text?.trim()).toBe(`${body}\nEnd.`.trim());
      expect(other.html?.trim()).toBe(`<p>${body.replace(/[<>&]/g, '')}</p>`);
      expect(mail.date?.toISOString()).toBe('2026-05-03T12:30:00.000Z');
    }),
  );
});
