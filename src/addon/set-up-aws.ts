/** The part of “Set up…” about AWS: a role, or an access key, and who could get at it. */
import type { AwsWay } from '../accounts/aws-credentials.ts';
import {
  awsAccess,
  awsKeysProblem,
  awsRoleProblem,
  awsWay,
  sessionCall,
  storeAwsKeys,
  storeAwsRole,
} from '../accounts/aws-credentials.ts';
import type { ReadTables } from '../accounts/permissions-policy.ts';
import { workbookEditors } from '../accounts/workbook-editors.ts';
import type { CredentialSource } from '../clients/aws/credentials.ts';
import { fixedCredentials } from '../clients/aws/credentials.ts';
import { createDynamoDb } from '../clients/aws/dynamodb.ts';
import type { AwsCredentials } from '../clients/aws/sigv4.ts';
import { send } from '../clients/exchange.ts';
import { listPermissions } from '../clients/google/drive-permissions.ts';
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host, Ui } from '../host/host.ts';
import { wordsAboutRegion } from '../run/unreached-region.ts';

const TITLE = 'AWS';
const QUESTION =
  'Role ARN (keyless, recommended) or access key id.\n\nNo role yet? Leave this empty: the last page shows the policies that make one.';
/** For the token service, when the workbook could not be read for its settings. */
const DEFAULT_REGION = 'us-east-1';

export interface AwsSetUp {
  readonly good: readonly string[];
  readonly problems: readonly string[];
  /** Whether the last page should show the policies: there is no role yet, AWS refused it, or the person asked. */
  readonly needsPolicy: boolean;
  /** False when it was just found out that nothing stored lets Purser read. */
  readonly canRead: boolean;
}

/**
 * Asks for a role or a key, tries it at once, and keeps what works.
 * @param tables null when the settings can't be read
 */
export function setUpAws(host: Host, ui: Ui, tables: ReadTables | null): AwsSetUp {
  const before = awsWay(host.properties('user').readAll());
  const region = tables?.primaryRegion ?? roleRegion(before) ?? DEFAULT_REGION;
  if (before !== null && !ui.confirm(TITLE, keptQuestion(before))) return checkKept(host, before, region);
  const typed = ui.ask(TITLE, QUESTION, '')?.trim() ?? null;
  if (typed === null || typed === '') {
    if (before === null) return nothing({ needsPolicy: true });
    const kept = checkKept(host, before, region);
    return typed === null ? kept : { ...kept, needsPolicy: true };
  }
  return /^arn:/i.test(typed)
    ? enterRole(host, ui, typed, region, before !== null)
    : enterKeys(host, ui, typed, tables, before !== null);
}

/**
 * What Set up's look at the tables signs with.
 * @throws PurserError as `AwsAccess.credentials`
 */
export function awsCredentials(host: Host, otherRegions: readonly (string | null)[]): CredentialSource {
  const access = awsAccess(host, host.properties('user').readAll());
  if (access.call === undefined) return access.credentials(undefined, otherRegions);
  const session = send(host, access.call);
  return access.credentials({ ok: true, value: session }, otherRegions);
}

function nothing(more: Partial<AwsSetUp>): AwsSetUp {
  return { good: [], problems: [], needsPolicy: false, canRead: true, ...more };
}

function roleRegion(way: AwsWay | null): string | null {
  return way?.way === 'role' ? way.region : null;
}

function keptQuestion(before: AwsWay): string {
  return before.way === 'role'
    ? 'Purser acts as a role in AWS, without keys. Enter another role, or keys, in its place?'
    : 'AWS keys are stored with your account. Enter a role, or others, in their place?';
}

/**
 * A role is assumed anew, so that Set up tells when it no longer works; and in the present primary region, because the
 * one that it was entered for may have left the settings, and the build's manifest with them.
 */
function checkKept(host: Host, kept: AwsWay, region: string): AwsSetUp {
  return kept.way === 'keys'
    ? nothing({ good: ['AWS keys are stored.'] })
    : tryRole(host, { roleArn: kept.roleArn, region }, null);
}

function enterRole(host: Host, ui: Ui, roleArn: string, region: string, hadOthers: boolean): AwsSetUp {
  const problem = awsRoleProblem(roleArn);
  if (problem !== null) {
    ui.tell(TITLE, `${problem} ${hadOthers ? 'What was stored before stays. ' : ''}Choose Set up… again.`);
    return nothing({ needsPolicy: !hadOthers });
  }
  return tryRole(host, { roleArn, region }, hadOthers);
}

/** @param hadOthers whether something else was stored before; null when this role was */
function tryRole(
  host: Host,
  role: { readonly roleArn: string; readonly region: string },
  hadOthers: boolean | null,
): AwsSetUp {
  try {
    storeAwsRole(host, role, send(host, sessionCall(host, role)));
  } catch (thrown) {
    const error = asPurserError(thrown);
    const stored = hadOthers === true ? ' What was stored before stays.' : ' Nothing was stored.';
    return nothing({
      problems: [
        `${wordsAboutRegion(error, 'Primary region', role.region)}${hadOthers === null ? '' : stored}`,
      ],
      needsPolicy: error.code === 'aws-role-refused',
      canRead: hadOthers === true,
    });
  }
  return nothing({ good: ['AWS lets Purser act as the role; no key is kept.'] });
}

function enterKeys(
  host: Host,
  ui: Ui,
  accessKeyId: string,
  tables: ReadTables | null,
  hadOthers: boolean,
): AwsSetUp {
  const secretAccessKey = ui.ask(TITLE, 'Its secret access key:', '')?.trim() ?? '';
  const problem = awsKeysProblem(accessKeyId, secretAccessKey);
  if (problem !== null) {
    ui.tell(TITLE, `${problem} ${hadOthers ? 'What was stored before stays. ' : ''}Choose Set up… again.`);
    return nothing({ needsPolicy: !hadOthers });
  }
  const keys = { accessKeyId, secretAccessKey };
  const untaken = tables === null ? untried() : refusalOf(host, keys, tables);
  // Without any others, keys that AWS knows are kept, and the look at the tables says what they may not read yet.
  const isRefused = untaken?.code === 'aws-credentials-refused' || (hadOthers && !isNoSuchTable(untaken));
  if (untaken !== null && isRefused) {
    const words = wordsAboutRegion(untaken, 'Primary region', tables?.primaryRegion ?? '');
    const stored = hadOthers ? 'What was stored before stays.' : 'Nothing was stored.';
    return nothing({ problems: [`${words} ${stored}`], canRead: hadOthers });
  }
  storeAwsKeys(host, keys);
  return nothing({ good: ['AWS keys are stored with your account; nobody else’s runs can read them.'] });
}

/** Keys that AWS does not know are refused as such, so it is the setting that is wrong. */
function isNoSuchTable(error: PurserError | null): boolean {
  return error?.data.awsError === 'ResourceNotFoundException';
}

/** Why keys do not let Purser read; null when they do. By DescribeTable: the policy allows it, and no call of STS. */
function refusalOf(host: Host, keys: AwsCredentials, tables: ReadTables): PurserError | null {
  try {
    const client = createDynamoDb({ region: tables.primaryRegion, credentials: fixedCredentials(keys) });
    send(host, client.describeTable(tables.chartersTable));
    return null;
  } catch (thrown) {
    return asPurserError(thrown);
  }
}

function untried(): PurserError {
  return new PurserError('settings-missing', {
    what: 'The keys could not be tried, because the settings can’t be read.',
    now: 'Correct the settings, then choose Set up… again.',
  });
}

/** Who may edit the workbook, and so could change the script that the owner's triggers run. */
export function tellEditors(host: Host, good: string[], problems: string[]): void {
  const { names, isOpen } = workbookEditors(
    send(host, listPermissions(host.accessToken(), host.workbookId())),
  );
  if (isOpen) {
    problems.push(
      'Anyone with the link may edit this workbook, and so change Purser’s script and read what it keeps for AWS and for connected accounts. In Share, set General access to Restricted, or to Viewer.',
    );
  }
  good.push(
    `May edit this workbook, and so could change Purser’s script and read what it keeps: ${names.join(', ')}.`,
  );
}
