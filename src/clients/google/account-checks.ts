/** The cheapest calls that show whether a connected account's token opens what it is for. */
import * as v from 'valibot';
import type { Call } from '../exchange.ts';
import { settleJson } from './reply.ts';

const Profile = v.object({ emailAddress: v.string() });

/** Address of the mailbox (developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile); reading scope. */
export function getMailboxAddress(token: string): Call<{ readonly emailAddress: string }> {
  return check(
    token,
    'Gmail profile',
    'https://gmail.googleapis.com/gmail/v1/users/me/profile?fields=emailAddress',
    Profile,
  );
}

const Calendars = v.object({ items: v.optional(v.array(v.object({ id: v.string() })), []) });

/** One of the calendars (developers.google.com/calendar/api/v3/reference/calendarList/list). */
export function getFirstCalendar(token: string): Call<v.InferOutput<typeof Calendars>> {
  return check(
    token,
    'Calendar list',
    'https://www.googleapis.com/calendar/v3/users/me/calendarList?maxResults=1&fields=items(id)',
    Calendars,
  );
}

function check<S extends v.GenericSchema>(
  token: string,
  name: string,
  url: string,
  schema: S,
): Call<v.InferOutput<S>> {
  const question = { name, repeatable: true };
  return {
    ...question,
    request: () => ({ method: 'GET', url, headers: { Authorization: `Bearer ${token}` } }),
    settle: (reply) => settleJson(question, reply, schema),
  };
}
