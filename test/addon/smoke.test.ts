import { openPurser, type Purser } from '../tools/workspace.ts';
let purser: Purser;
beforeAll(async () => { const t=Date.now(); purser = await openPurser(); console.log('open', Date.now()-t); });
afterAll(() => purser.close());
it('x', async () => {
  let t=Date.now();
  await purser.begin(); console.log('begin', Date.now()-t); t=Date.now();
  const r = purser.send(); console.log('send', Date.now()-t); t=Date.now();
  console.log(JSON.stringify({...r, xlsxBase64: 0}, null, 1).slice(0,6000), await purser.titles(), (await purser.mails()).map((m) => [m.kind, m.to, m.cc, m.subject, m.text]));
  await purser.begin(); console.log('begin', Date.now()-t); t=Date.now();
  console.log(JSON.stringify(purser.appsScript().counts));
  const tab = await purser.tabs(); console.log(tab.map(x=>x.title+x.sheetId));
});
