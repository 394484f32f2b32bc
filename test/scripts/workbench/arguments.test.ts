import { readWorkbenchArguments } from '../../../scripts/workbench/arguments.ts';

describe('npm run workbench', () => {
  it('begins with the clean month of the sample, set up', () => {
    expect(readWorkbenchArguments([])).toEqual({
      sample: { month: '2026-05', generate: null, firstDay: false },
      charters: null,
      httpPort: 4242,
      goneAfterMs: 300_000,
      opens: true,
    });
  });

  it('takes another month, other charters, the first day and another port', () => {
    const argv = ['--month', '2026-04', '--generate', '300', '--first-day', '--port', '0', '--no-open'];
    expect(readWorkbenchArguments(['--charters', 'own.jsonl'])).toMatchObject({ charters: 'own.jsonl' });
    expect(readWorkbenchArguments(argv)).toMatchObject({
      sample: { month: '2026-04', generate: 300, firstDay: true },
      httpPort: 0,
      opens: false,
    });
  });

  it.each([
    [['--month', '2026-07'], '--month takes 2026-04 or 2026-05, not “2026-07”.'],
    [['--generate', '20001'], '--generate takes a number from 0 to 20000, not “20001”.'],
    [['--port', '80a'], '--port takes a number from 0 to 65535, not “80a”.'],
    [['--gone-after', '0'], '--gone-after takes a number from 1 to 86400, not “0”.'],
    [['--what'], "Unknown option '--what'"],
  ])('says what is wrong with %p', (argv, words) => {
    expect(() => readWorkbenchArguments(argv)).toThrow(words);
  });
});
