/** Collect: all that a month is calculated from, in as few rounds as it takes. Reads only. */
import { loadAwsCredentials } from '../accounts/aws-credentials.ts';
import type { AttributeMap } from '../clients/aws/attribute-value.ts';
import type { ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import type { DriveFile } from '../clients/google/drive.ts';
import { filingCall } from '../delivery/filing.ts';
import type { Recipients, SentEvidence } from '../delivery/recipients.ts';
import { chooseRecipients, lastMailCalls, statementInSent } from '../delivery/recipients.ts';
import type { Host } from '../host/host.ts';
import type { Ledger, LedgerSource } from '../sources/ledger.ts';
import { ledgerCalls, readLedger } from '../sources/ledger.ts';
import type { Calculation } from '../statement/calculate.ts';
import { calculate } from '../statement/calculate.ts';
import type { Link } from '../statement/findings.ts';
import { sha256Hex, statementCode } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import { addMonths } from '../statement/month.ts';
import { fillName, oneLine } from '../statement/names.ts';
import type { WorkbookReading } from './read-workbook.ts';
import { readWorkbook } from './read-workbook.ts';

export interface Collected {
  readonly workbook: WorkbookReading;
  readonly ledger: Ledger;
  readonly recipients: Recipients;
  readonly subject: string;
  /** Folders and files of ours that Drive has. */
  readonly driveFiles: readonly DriveFile[];
  /** Names the workbook in Drive, so that two workbooks of one person keep apart. */
  readonly workbookKey: string;
  /** A mail with this statement's code that is in Sent already. */
  readonly inSent: SentEvidence | null;
  readonly calculation: Calculation;
  /** `2026-06-01`, in the workbook's zone. */
  readonly today: string;
}

export interface CollectRequest {
  readonly month: Month;
  readonly version: number;
  readonly options: ExchangeOptions;
  /** Also scan for items that the index can't hold. */
  readonly lookForLost: boolean;
}

export function collect(host: Host, request: CollectRequest): Collected {
  const { month, version, options } = request;
  const workbook = readWorkbook(host, month, options);
  const { settings } = workbook;
  const token = workbook.access.token;
  const workbookId = host.workbookId();
  const workbookKey = sha256Hex(workbookId).slice(0, 10);
  const code = statementCode(workbookId, month, version);
  const priorMonth = addMonths(month, -1);
  const subjectOf = (of: Month): string =>
    oneLine(fillName(settings.subject, { month: of, company: settings.company, code, version }));
  const source: LedgerSource = settings;
  const credentials = loadAwsCredentials(host);
  const lastMail = lastMailCalls(
    token,
    (one) => statementCode(workbookId, priorMonth, one),
    subjectOf(priorMonth),
  );
  const { lastByCode, lastBySubject, inSent, files, ...ledgerOutcomes } = exchange(
    host,
    {
      ...ledgerCalls(source, credentials, month, request.lookForLost, (event) => host.log(event)),
      lastByCode: lastMail.byCode,
      lastBySubject: lastMail.bySubject,
      inSent: statementInSent(token, code, subjectOf(month)),
      files: filingCall(token, workbookKey, month.slice(0, 4), code),
    },
    options,
  );
  const ledger = readLedger(source, itemsOnly(ledgerOutcomes), month);
  const chosen = chooseRecipients({
    setting: settings.recipients,
    alwaysCc: settings.alwaysCc,
    lastMail: valueOrThrow(lastByCode) ?? valueOrThrow(lastBySubject),
    priorMonth,
    priorSubject: subjectOf(priorMonth),
    self: host.userEmail(),
  });
  const local = host.localTime(host.now(), settings.timeZone);
  const calculation = calculate({
    month,
    version,
    workbookId,
    today: local.date,
    asOf: `${local.date} ${local.time}`,
    company: settings.company,
    currency: settings.currency,
    standardRateCents: settings.standardRateCents,
    rates: workbook.rates,
    severities: settings.severities,
    readings: ledger.readings,
    roster: ledger.roster,
    regions: ledger.regions,
    lastYearCharters: ledger.lastYearCharters,
    linksOf: (id) => itemLinks(settings, id),
    noticed: [...ledger.noticed, ...workbook.noticed, ...chosen.noticed],
  });
  return {
    workbook,
    ledger,
    recipients: chosen.recipients,
    subject: subjectOf(month),
    driveFiles: valueOrThrow(files),
    workbookKey,
    inSent: valueOrThrow(inSent),
    calculation,
    today: local.date,
  };
}

/** The exchange keeps each call's type; a call that the ledger made under a name of its own is one of items. */
function itemsOnly(
  outcomes: Readonly<Record<string, unknown>>,
): Record<string, Outcome<readonly AttributeMap[]>> {
  return outcomes as Record<string, Outcome<readonly AttributeMap[]>>;
}

/** The item in the AWS console, in each region. */
function itemLinks(settings: LedgerSource, id: string): Link[] {
  return [settings.primaryRegion, settings.secondRegion].flatMap((region): Link[] => {
    if (region === null) return [];
    const table = encodeURIComponent(settings.chartersTable);
    return [
      {
        label: `${id} in ${region}`,
        url: `https://${region}.console.aws.amazon.com/dynamodbv2/home?region=${region}#edit-item?itemMode=2&pk=${encodeURIComponent(id)}&sk=&route=ROUTE_ITEM_EXPLORER&table=${table}`,
      },
    ];
  });
}
