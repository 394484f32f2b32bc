import type { CellFormat } from '../../src/statement/grid.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import { readTemplate } from '../../src/statement/template.ts';
import { auditTemplate } from '../../src/statement/template-audit.ts';
import type { Content } from './grids.ts';
import { formatted, template } from './grids.ts';

const PROTOTYPE: readonly Content[] = ['{{charter.date}}', '{{charter.reportable}}'];

/** What is said of a Template with these rows under its prototype row. */
const said = (rows: readonly (readonly Content[])[], currency = 'USD') =>
  auditTemplate(template([['{{month}}'], PROTOTYPE, ...rows]), currency);

describe('a formula that sees one charter only', () => {
  test.each(['=B2', '=B2*0.1', '=ROUND($B$2, 2)', '=A1+B2', '=Template!B2'])('%s is named', (formula) => {
    expect(said([['', formula]])).toMatchObject([
      { code: 'template-suspect', message: expect.stringContaining('B3 (') },
    ]);
  });

  test.each(['=SUM(B2:B2)', '=SUM(B2)', '=SUM(Template!B2:B2)', '=A1&B1', '=Other!B2', '="B2"', '=B:B'])(
    '%s is not',
    (formula) => {
      expect(said([['', formula]])).toEqual([]);
    },
  );

  test('in the prototype row itself means its own charter', () => {
    expect(auditTemplate(template([[...PROTOTYPE, '=B1*0.1']]), 'USD')).toEqual([]);
  });

  test('many are named in part, with their number', () => {
    const [finding, ...more] = said(Array.from({ length: 8 }, () => ['=B2']));
    expect(more).toEqual([]);
    expect(finding?.message).toMatch(/A3 .*A7 \(=B2\) and 3 more points? at the prototype row alone/);
  });
});

describe('another currency’s sign', () => {
  const codes = (pattern: string, currency: string, content = '{{total.gross}}'): string[] => {
    const format: CellFormat = { numberFormat: { type: 'NUMBER', pattern } };
    return said([[formatted(content, format)]], currency).map(({ code }) => code);
  };

  test.each([
    ['$#,##0.00', 'EUR'],
    ['"$"#,##0.00', 'GBP'],
    ['#,##0.00 €', 'USD'],
    ['[$€-2] #,##0.00', 'USD'],
    ['[$$-409]#,##0.00', 'EUR'],
    ['[$USD] #,##0.00', 'EUR'],
    ['_("EUR"* #,##0.00_)', 'USD'],
    ['£#,##0.00', 'CHF'],
  ])('%s is not for %s', (pattern, currency) => {
    expect(codes(pattern, currency)).toEqual(['template-currency']);
    expect(codes(pattern, currency, '=SUM(B2:B2)')).toEqual(['template-currency']);
  });

  // Formats as Sheets and Excel write them.
  test.each([
    ['"$"#,##0.00', 'USD'],
    ['[$$-409]#,##0.00', 'USD'],
    ['[$-409]#,##0.00', 'EUR'],
    ['[$€]#,##0.00', 'EUR'],
    ['[$€-2] #,##0.00', 'EUR'],
    ['#,##0.00 [$€-407]', 'EUR'],
    ['[$EUR] #,##0.00', 'EUR'],
    ['$#,##0.00', 'XCD'],
    ['[$CHF] #,##0.00', 'CHF'],
    ['[$R$-416] #,##0.00', 'BRL'],
    ['#,##0.00 "NET"', 'EUR'],
    ['#,##0.00', 'EUR'],
  ])('%s is good for %s', (pattern, currency) => {
    expect(codes(pattern, currency)).toEqual([]);
  });

  test('counts only where an amount stands', () => {
    expect(codes('$0', 'EUR', '{{total.guests}}')).toEqual([]);
    expect(codes('$0', 'EUR', 'All in $')).toEqual([]);
  });

  test('the house template fits the currency it was made for, and no other', () => {
    const judged = (made: string, currency: string): unknown => {
      const reading = readTemplate(houseTemplate('Template', made));
      if (!reading.ok) throw new Error(reading.problems.join(' '));
      return auditTemplate(reading.template, currency).map(({ code }) => code);
    };
    for (const currency of ['USD', 'EUR', 'CHF', 'XCD']) expect(judged(currency, currency)).toEqual([]);
    expect(judged('USD', 'EUR')).toEqual(['template-currency']);
    expect(judged('EUR', 'USD')).toEqual(['template-currency']);
  });
});
