/** The ledger as the sync reads it: the months around today. */
import type { AwsAccess } from '../accounts/aws-credentials.ts';
import type { AttributeMap } from '../clients/aws/attribute-value.ts';
import type { Call, Outcome } from '../clients/exchange.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { ledgerCalls, readLedger } from '../sources/ledger.ts';
import type { Month } from '../statement/month.ts';
import { followedMonths } from './ledger-mark.ts';
import type { OpenedTabs } from './open-tabs.ts';
import type { LedgerSlice } from './wanted-events.ts';

export interface LedgerQuestion {
  readonly calls: Readonly<Record<string, Call<readonly AttributeMap[]>>>;
  /** What the replies say together. Never throws. */
  read(outcomes: Readonly<Record<string, unknown>>): LedgerSlice | PurserError;
}

/**
 * The question for a month and its neighbours. Without the scan for items that the index can't hold: twice an hour it
 * would cost too much.
 */
export function ledgerQuestion(
  host: Host,
  { settings, awsSession }: OpenedTabs,
  aws: AwsAccess,
  month: Month,
): LedgerQuestion {
  try {
    const credentials = aws.credentials(awsSession, [settings.primaryRegion, settings.secondRegion]);
    const { 'primary last-year': _, ...calls } = ledgerCalls(settings, credentials, month, false, (event) =>
      host.log(event),
    );
    return {
      calls,
      read: (outcomes) => {
        try {
          const own = Object.fromEntries(Object.entries(outcomes).filter(([key]) => key in calls));
          const { readings, roster } = readLedger(
            settings,
            own as Record<string, Outcome<readonly AttributeMap[]>>,
            month,
          );
          const months = followedMonths(month);
          // What has last month's date may still stand under the month before it.
          const sure = settings.chartersIndex === null ? months : months.filter((one) => one >= month);
          return { months, sure, readings, roster };
        } catch (thrown) {
          return asPurserError(thrown);
        }
      },
    };
  } catch (thrown) {
    const error = asPurserError(thrown);
    return { calls: {}, read: () => error };
  }
}
