/** Calendars; Purser has none to do with yet. */
import type { CalendarView } from '../../contract.ts';
import { useAsked } from '../bench.ts';
import { Shown } from '../parts.tsx';

export function Calendars() {
  const asked = useAsked<readonly CalendarView[]>('/api/calendars', 0);
  return (
    <Shown asked={asked} what="The list of calendars">
      {(calendars) =>
        calendars.length === 0 ? (
          <p class="soft pad">No calendars yet: this version of Purser does not write into any.</p>
        ) : (
          <ul class="pad">
            {calendars.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        )
      }
    </Shown>
  );
}
