/** The sidebar's checklist of the first day: what `google.script.run` may call for it. */
import { requireOwner } from '../../accounts/trigger-owner.ts';
import type { Host } from '../../host/host.ts';
import { makeAgain } from '../../run/make-again.ts';
import type { Answer, ComparedMonth, SetUpCheck, SetUpCheckId } from '../../sidebar/month/contract.ts';
import { answered } from '../sidebar/answer.ts';
import { testFolder } from './folder-point.ts';
import type { Found } from './found.ts';
import { failedBy, POINTS, pointOf } from './found.ts';
import { testMail } from './mail-point.ts';
import { testMakeAgain } from './make-again-point.ts';
import { testSettings } from './settings-point.ts';
import { testTables } from './tables-point.ts';
import { testTemplate } from './template-point.ts';
import { testStatement } from './test-statement-point.ts';
import { testTriggers } from './triggers-point.ts';

type Properties = Readonly<Record<string, string>>;

const TESTS: Readonly<Record<SetUpCheckId, (host: Host, properties: Properties) => Found>> = {
  settings: testSettings,
  template: testTemplate,
  tables: testTables,
  mail: testMail,
  folder: testFolder,
  triggers: testTriggers,
  'test-statement': testStatement,
  'make-again': (_host, properties) => testMakeAgain(properties),
};

/** All points, untested: nothing is asked but document properties. Only the owner may, once there is one. */
export function sidebarSetUp(): Answer<readonly SetUpCheck[]> {
  return answered((host) => {
    requireOwner(host, host.properties('document').readAll());
    return Object.entries(POINTS).map(([id, { title, does }]) => ({
      id: pointOf(id),
      title,
      state: 'untested',
      words: [does],
      fix: '',
      links: [],
    }));
  });
}

/**
 * Tests one point. What keeps it from working is found as `failed`, with what to do; an error only says that nothing
 * was tested.
 */
export function sidebarTest(id: SetUpCheckId): Answer<SetUpCheck> {
  return answered((host) => {
    const point = pointOf(id);
    const properties = host.properties('document').readAll();
    requireOwner(host, properties);
    return { id: point, title: POINTS[point].title, ...foundBy(host, () => TESTS[point](host, properties)) };
  });
}

function foundBy(host: Host, test: () => Found): Found {
  try {
    return test();
  } catch (thrown) {
    return failedBy(host, thrown);
  }
}

/** A month that was sent already, made again and compared with that tab; nothing stays in the workbook. */
export function sidebarMakeAgain(month: string, tabTitle: string): Answer<ComparedMonth> {
  return answered((host) => {
    const { leftOut: _said, ...compared } = makeAgain(host, String(month), String(tabTitle));
    return compared;
  });
}
