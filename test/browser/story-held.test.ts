/** A month that is held, in the workbench: what is wrong is looked into, accepted with a reason or put right, and sent. */
import type { Desk, Stories } from './stories.ts';
import { openStories } from './stories.ts';

const NAME = 'Nora Whitfield';

let stories: Stories;
let desk: Desk;

beforeAll(async () => {
  stories = await openStories('--month', '2026-04');
  desk = stories.desk;
});
afterAll(() => stories.end());

it('each finding of a held month is accepted with a reason or put right, and then the month is sent', async () => {
  const { sidebar, press, says, isAccessible, button, toTab } = desk;
  await stories.begin('2026-04', null);
  await stories.switchFault('down:us-west-2', true);
  await desk.openSidebar();
  await press('Check now');
  await says('April 2026: held.');
  await isAccessible();

  // No reason makes it right that nobody compared the regions.
  const unreachable = sidebar
    .locator('li.finding')
    .filter({ hasText: /us-west-2.*(can.t be|could not be|was not)/ });
  await unreachable.first().waitFor();
  expect(await unreachable.getByRole('button', { name: /^Accept/ }).count()).toBe(0);
  await stories.switchFault('down:us-west-2', false);
  await press('Check again');
  await unreachable.first().waitFor({ state: 'detached' });
  await says('April 2026: held.');

  const stopping = sidebar.getByRole('list', { name: /^Stops the statement/ }).getByRole('listitem');
  const accept = button(/^Accept with a reason: /);
  const all = await accept.count();
  expect(all).toBeGreaterThan(4);
  for (let left = all; left > 0; left--) {
    await accept.first().click();
    await sidebar.getByLabel('Why it is right as it is').fill(`Looked into, number ${left}`);
    await sidebar.getByLabel('Your name').fill(NAME);
    if (left === all) await isAccessible();
    await press('Accept it');
    await sidebar.getByText(`Accepted by ${NAME}: Looked into, number ${left}`, { exact: true }).waitFor();
  }
  expect(await stopping.count()).toBe(0);
  await sidebar.getByText('what held it is accepted by now').waitFor();
  await isAccessible();

  await toTab('Send');
  await press('Prepare');
  await sidebar.getByLabel('Your name').fill(NAME);
  await press(/^Certify and send to /);
  await says('April 2026: sent.');
  expect(await stories.mailed('April 2026')).toHaveLength(1);
  await toTab('Month');
  await sidebar.getByRole('heading', { name: `Accepted (${all})` }).waitFor();
  await isAccessible();
});
