/** Which job fails without a connected account, by name. */
import { accountUses } from '../../src/run/account-uses.ts';

const BEN = { email: 'ben@harbor.example', name: 'Ben', purposes: ['calendar'] } as const;
const CHOSEN = { ...BEN, calendar: { id: 'sails', name: 'Sails' } };
const mailbox = (address: string | null, setting: string) => ({ address, setting, cell: 'B2' });
const SETTINGS = {
  sendFrom: mailbox('ben@harbor.example', 'Send from'),
  bookingMailFrom: mailbox(null, 'Booking mail from'),
};
const jobs = (...request: Parameters<typeof accountUses>) => accountUses(...request).map(({ job }) => job);

test('an account whose calendar was chosen for charters is needed to write them, settings or not', () => {
  expect(jobs(null, CHOSEN, '2026-05')).toEqual(['Charters can’t be written to Ben’s calendar.']);
  expect(jobs(SETTINGS, CHOSEN, '2026-05')).toEqual([
    'May 2026’s statement can’t be sent from ben@harbor.example.',
    'Charters can’t be written to Ben’s calendar.',
  ]);
});

test('where none was chosen its own is read only, and without a name the address stands for it', () => {
  expect(jobs(null, { ...BEN, name: '' }, '2026-05')).toEqual([
    'ben@harbor.example’s calendar can’t be read.',
  ]);
});

test('an account that is not connected for its calendar is not needed for it', () => {
  expect(jobs(null, { ...CHOSEN, purposes: ['send'] }, '2026-05')).toEqual([]);
});

test('a name from outside makes no second line and no endless one', () => {
  const [job = ''] = jobs(null, { ...BEN, name: `Ben\n‮${'x'.repeat(500)}` }, '2026-05');
  expect(job).not.toMatch(/[\n‮]/);
  expect(job.length).toBeLessThan(120);
});
