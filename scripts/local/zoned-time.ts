/** Milliseconds since 1970 UTC of an hour on the clocks of an IANA zone. @throws RangeError for an unknown zone */
export function zonedMs(date: string, hour: number, timeZone: string): number {
  const wanted = Date.parse(`${date}T${String(hour).padStart(2, '0')}:00:00Z`);
  const offset = (at: number): number => {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }).formatToParts(at);
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '00';
    const local = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
    return Date.parse(local) - at;
  };
  // Twice, because the first guess may stand on the other side of a change of the clocks.
  const guess = wanted - offset(wanted);
  return wanted - offset(guess);
}
