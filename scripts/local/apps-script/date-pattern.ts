import { isTimeZone, zoneOffsetMs } from './zone.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/**
 * A moment as Java's SimpleDateFormat writes it, which `Utilities.formatDate` takes
 * (developers.google.com/apps-script/reference/utilities/utilities#formatdatedate,-timezone,-format ;
 * docs.oracle.com/javase/7/docs/api/java/text/SimpleDateFormat.html), in English.
 *
 * @throws RangeError for an unknown zone, an unclosed quote, and letters that Java refuses or that are not here
 * (week years and weeks).
 */
export function formatJavaPattern(ms: number, timeZone: string, pattern: string): string {
  if (!isTimeZone(timeZone)) throw new RangeError(`unknown time zone ${timeZone}`);
  const offsetMs = zoneOffsetMs(ms, timeZone);
  const wall = new Date(ms + offsetMs);
  return pattern.replace(
    /''|'((?:[^']|'')*)'|'|([A-Za-z])\2*/g,
    (run, quoted: string | undefined, letter) => {
      if (run === "''") return "'";
      if (quoted !== undefined) return quoted.replace(/''/g, "'");
      if (run === "'") throw new RangeError('unterminated quote');
      return field(wall, ms, offsetMs, timeZone, String(letter), run.length);
    },
  );
}

function field(
  wall: Date,
  ms: number,
  offsetMs: number,
  timeZone: string,
  letter: string,
  width: number,
): string {
  const padded = (value: number) => String(value).padStart(width, '0');
  const name = (names: readonly string[], at: number) =>
    (width >= 4 ? names[at] : names[at]?.slice(0, 3)) ?? '';
  const hour = wall.getUTCHours();
  switch (letter) {
    case 'G':
      return wall.getUTCFullYear() > 0 ? 'AD' : 'BC';
    case 'y':
      return width === 2
        ? String(wall.getUTCFullYear()).slice(-2).padStart(2, '0')
        : padded(wall.getUTCFullYear());
    case 'M':
    case 'L':
      return width >= 3 ? name(MONTHS, wall.getUTCMonth()) : padded(wall.getUTCMonth() + 1);
    case 'd':
      return padded(wall.getUTCDate());
    case 'D':
      return padded(Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0, 1)) / 86_400_000) + 1);
    case 'E':
      return name(WEEKDAYS, wall.getUTCDay());
    case 'u':
      return padded(wall.getUTCDay() || 7);
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'H':
      return padded(hour);
    case 'k':
      return padded(hour || 24);
    case 'K':
      return padded(hour % 12);
    case 'h':
      return padded(hour % 12 || 12);
    case 'm':
      return padded(wall.getUTCMinutes());
    case 's':
      return padded(wall.getUTCSeconds());
    case 'S':
      return padded(wall.getUTCMilliseconds());
    case 'z':
      return zoneName(ms, timeZone, width >= 4 ? 'long' : 'short');
    case 'Z':
      return offset(offsetMs, '');
    case 'X':
      if (offsetMs === 0) return 'Z';
      if (width > 3) throw new RangeError('invalid ISO 8601 format: length greater than 3');
      return width === 1 ? offset(offsetMs, '').slice(0, 3) : offset(offsetMs, width === 2 ? '' : ':');
    default:
      throw new RangeError(`the pattern letter ${letter}`);
  }
}

function offset(offsetMs: number, separator: string): string {
  const minutes = Math.abs(Math.trunc(offsetMs / 60_000));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}${separator}${two(minutes % 60)}`;
}

function zoneName(ms: number, timeZone: string, style: 'long' | 'short'): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: style }).formatToParts(ms);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
