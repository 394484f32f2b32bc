/** The part of Set up…'s last page that makes a role in AWS: what to paste where. */
import { awsWay } from '../accounts/aws-credentials.ts';
import { identityClaims, trustPolicy } from '../accounts/identity-claims.ts';
import type { ReadTables } from '../accounts/permissions-policy.ts';
import { permissionsPolicy } from '../accounts/permissions-policy.ts';
import type { Host } from '../host/host.ts';
import { escapeHtml } from '../statement/mail-words.ts';

/** In the place of a number that Purser doesn't know yet; AWS's own examples have it. */
const ACCOUNT_TO_FILL_IN = '111122223333';

/**
 * The trust policy of this script and person, and the permissions for the tables of the settings; says why when Google
 * gives no identity token.
 * @param tables null when the settings can't be read
 */
export function awsPolicyHtml(host: Host, tables: ReadTables | null): string {
  const token = host.identityToken();
  if (token === null) {
    return '<h2>A role in AWS</h2><p>Google gave no identity token, so the trust policy can’t be shown. Grant the permission “openid”, then choose Set up… again.</p>';
  }
  return [
    '<h2>A role in AWS, ready to paste</h2>',
    '<p>1. In the AWS console: IAM › Roles › Create role › Custom trust policy. Paste this, choose Next without permissions, name the role and create it. It lets in this workbook’s script, run by you, and nobody else.</p>',
    pre(trustPolicy(identityClaims(token))),
    ...permissions(host, tables),
    '<p>3. Copy the role’s ARN, choose Set up… again and enter it.</p>',
  ].join('');
}

function permissions(host: Host, tables: ReadTables | null): readonly string[] {
  if (tables === null) {
    return [
      '<p>2. What the role may read can’t be shown, because the settings can’t be read. Correct them, then choose Set up… again.</p>',
    ];
  }
  const account = accountOf(host);
  const unknown =
    account === null ? ` Put the number of your AWS account in place of ${ACCOUNT_TO_FILL_IN}.` : '';
  return [
    `<p>2. Open the role › Permissions › Add permissions › Create inline policy › JSON. Paste this: it may read the tables of the settings, and nothing else.${unknown}</p>`,
    pre(permissionsPolicy(tables, account ?? ACCOUNT_TO_FILL_IN)),
  ];
}

/** Of the role that is kept; null without one. */
function accountOf(host: Host): string | null {
  const way = awsWay(host.properties('user').readAll());
  return way?.way === 'role' ? (/:(\d{12}):/.exec(way.roleArn)?.[1] ?? null) : null;
}

function pre(text: string): string {
  return `<pre tabindex="0">${escapeHtml(text)}</pre>`;
}
