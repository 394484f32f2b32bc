import { strFromU8, unzipSync } from 'fflate';
import type { GridArea } from '../../../src/statement/grid.ts';
import type { SheetPlan } from '../../../src/statement/sheet-plan.ts';
import type { XlsxInput } from '../../../src/workbook/xlsx/write-xlsx.ts';
import { writeXlsx } from '../../../src/workbook/xlsx/write-xlsx.ts';
import { formula, houseStatement, number, planned, planOf, properties, text } from './plans.ts';

function partsOf(input: Partial<XlsxInput> & Pick<XlsxInput, 'plan'>): Map<string, string> {
  const bytes = writeXlsx({ computed: () => null, properties, ...input });
  return new Map(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]));
}

function partOf(path: string, input: Partial<XlsxInput> & Pick<XlsxInput, 'plan'>): string {
  return partsOf(input).get(path) ?? `no ${path}`;
}

const sheetOf = (plan: SheetPlan): string => partOf('xl/worksheets/sheet1.xml', { plan });
const children = (xml: string): string[] => {
  const names: string[] = [];
  let depth = 0;
  for (const [, close, name, selfClosing] of xml.matchAll(/<(\/?)([A-Za-z:]+)[^>]*?(\/?)>/g)) {
    if (close === '/') depth--;
    else {
      if (depth === 1 && name !== undefined) names.push(name);
      if (selfClosing !== '/') depth++;
    }
  }
  return names;
};

describe('the package', () => {
  test('has exactly the parts that it names, and one sheet', () => {
    const { plan, computed } = houseStatement(3);
    const parts = partsOf({ plan, computed });
    expect([...parts.keys()]).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'docProps/app.xml',
      'docProps/core.xml',
      'xl/workbook.xml',
      'xl/_rels/workbook.xml.rels',
      'xl/worksheets/sheet1.xml',
      'xl/styles.xml',
      'xl/sharedStrings.xml',
    ]);
    const named = [...(parts.get('[Content_Types].xml') ?? '').matchAll(/PartName="\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(named.sort()).toEqual(
      [...parts.keys()].filter((path) => !/rels$|Content_Types/.test(path)).sort(),
    );
    expect(parts.get('xl/workbook.xml')?.match(/<sheet /g)).toHaveLength(1);
  });

  // The order of CT_Worksheet, CT_Workbook and CT_Stylesheet: ECMA-376 part 1, annex A; Excel repairs any other.
  test("has its elements in the schema's order", () => {
    const { plan, computed } = houseStatement(3);
    const parts = partsOf({ plan, computed });
    expect(children(parts.get('xl/worksheets/sheet1.xml') ?? '')).toEqual([
      'sheetPr',
      'dimension',
      'sheetViews',
      'sheetFormatPr',
      'cols',
      'sheetData',
      'mergeCells',
      'printOptions',
      'pageMargins',
      'pageSetup',
      'headerFooter',
      'ignoredErrors',
    ]);
    expect(children(parts.get('xl/workbook.xml') ?? '')).toEqual([
      'workbookPr',
      'bookViews',
      'sheets',
      'definedNames',
      'calcPr',
    ]);
    expect(children(parts.get('xl/styles.xml') ?? '')).toEqual([
      'numFmts',
      'fonts',
      'fills',
      'borders',
      'cellStyleXfs',
      'cellXfs',
      'cellStyles',
      'dxfs',
    ]);
  });

  test('has every style that a cell points at, and every font, fill and border that a style points at', () => {
    const { plan, computed } = houseStatement(3);
    const parts = partsOf({ plan, computed });
    const styles = parts.get('xl/styles.xml') ?? '';
    const countOf = (name: string): number => Number(new RegExp(`<${name} count="(\\d+)"`).exec(styles)?.[1]);
    const largest = (xml: string, attribute: string): number => {
      return Math.max(
        ...[...xml.matchAll(new RegExp(` ${attribute}="(\\d+)"`, 'g'))].map(([, index]) => Number(index)),
      );
    };
    expect(largest(parts.get('xl/worksheets/sheet1.xml') ?? '', 's')).toBe(countOf('cellXfs') - 1);
    expect(largest(styles, 'fontId')).toBe(countOf('fonts') - 1);
    expect(largest(styles, 'fillId')).toBe(countOf('fills') - 1);
    expect(largest(styles, 'borderId')).toBe(countOf('borders') - 1);
    expect(styles).toContain(
      '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    );
  });

  test('is not calculated again on opening', () => {
    expect(partOf('xl/workbook.xml', { plan: planOf([[text('x')]]) })).toContain(
      '<calcPr calcId="191029" fullCalcOnLoad="0"/>',
    );
  });

  test('is a file even when the plan is empty', () => {
    expect(sheetOf(planOf([]))).toContain('<dimension ref="A1:A1"/>');
  });

  test('is refused without a time that says its zone', () => {
    const plan = planOf([[text('x')]]);
    for (const createdIso of ['', '2026-06-01', '2026-06-01T10:00:00', 'yesterday']) {
      expect(() =>
        writeXlsx({ plan, computed: () => null, properties: { ...properties, createdIso } }),
      ).toThrow(expect.objectContaining({ code: 'unexpected' }));
    }
  });
});

describe('text from outside', () => {
  const hostile = `</t></si><x a="1">&amp;<![CDATA[ ]]> ' "`;

  test('can close no element and open none, wherever it stands', () => {
    const evil = { numberFormat: { type: 'NUMBER', pattern: `0"<&>"` }, textFormat: { fontFamily: '"><&' } };
    const parts = partsOf({
      plan: { ...planOf([[text(hostile, evil), formula(`=A1&"<&>"`)]]), title: `<a> & "b" 'c` },
      computed: () => hostile,
      properties: {
        title: hostile,
        company: hostile,
        description: hostile,
        createdIso: properties.createdIso,
      },
    });
    for (const [path, xml] of parts) {
      const tags = xml.replace(/<[^<>]*>/g, '');
      expect({ path, loose: /[<>]/.test(tags) }).toEqual({ path, loose: false });
      expect({ path, bare: /&(?!(amp|lt|gt|quot);)/.test(xml) }).toEqual({ path, bare: false });
      expect(xml).not.toContain('<x a');
    }
  });

  test('that XML cannot hold is replaced, not passed on', () => {
    const strings = partOf('xl/sharedStrings.xml', {
      plan: planOf([[text('a\u0000b\u001b[1m\ud800c\uffff')]]),
    });
    expect(strings).toContain('<t>a\ufffdb\ufffd[1m\ufffdc\ufffd</t>');
  });

  // w3.org/TR/xml/#sec-white-space: a reader may drop it otherwise.
  test.each([' a', 'a ', 'a\nb', 'a  b', 'a\tb', ' '])('keeps its blanks: %j', (words) => {
    const strings = partOf('xl/sharedStrings.xml', { plan: planOf([[text(words)]]) });
    expect(strings).toContain(`<t xml:space="preserve">${words}</t>`);
  });

  test('that looks like a formula stays text when somebody edits the cell', () => {
    const words = ['=1+1', '+1', '-1', '@SUM', "'quoted", 'plain'];
    const { sheet, styles } = (() => {
      const parts = partsOf({ plan: planOf([words.map((word) => text(word))]) });
      return { sheet: parts.get('xl/worksheets/sheet1.xml') ?? '', styles: parts.get('xl/styles.xml') ?? '' };
    })();
    expect([...sheet.matchAll(/<c r="[A-F]1"( s="1")? t="s">/g)].map(([, style]) => style)).toEqual([
      ...Array.from({ length: 5 }, () => ' s="1"'),
      undefined,
    ]);
    expect(styles).toContain(
      '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>',
    );
  });

  test('in the footer is no code of the footer, and keeps to its length', () => {
    const long = { ...properties, company: `A&P ${'x'.repeat(400)}`, title: '&G\n&12' };
    const sheet = partOf('xl/worksheets/sheet1.xml', { plan: planOf([[text('x')]]), properties: long });
    const footer = /<oddFooter>(.*)<\/oddFooter>/s.exec(sheet)?.[1]?.replace(/&amp;/g, '&') ?? '';
    expect(footer).toMatch(/^&LA&&P x+…&CPage &P of &N&R&&G &&12$/);
    expect(footer.length).toBeLessThanOrEqual(255);
  });

  test('with line breaks shows them, as in Sheets', () => {
    const clipped = { wrapStrategy: 'CLIP' };
    const styles = partOf('xl/styles.xml', {
      plan: planOf([[text('a\nb'), text('a\nb', clipped), text('a')]]),
    });
    expect(styles.match(/wrapText="1"/g)).toHaveLength(1);
  });
});

// support.microsoft.com/office/rename-a-worksheet-3f1f7148-ee83-404d-8ef0-9ff99fbad1f9
describe("the tab's name is one that Excel takes", () => {
  const nameOf = (title: string): string | undefined =>
    /<sheet name="([^"]*)"/.exec(partOf('xl/workbook.xml', { plan: planOf([[text('x')]], { title }) }))?.[1];

  test.each([
    ['May 2026', 'May 2026'],
    ['2026/05', '2026-05'],
    ['[May]: what? *all*', '(May)- what   all'],
    ["'May'", 'May'],
    ['', 'Statement'],
    ["''", 'Statement'],
    ['History', 'History tab'],
    ['a'.repeat(40), 'a'.repeat(31)],
    [`${'a'.repeat(30)}🐬`, 'a'.repeat(30)],
    ['A & B', 'A &amp; B'],
  ])('%s → %s', (title, expected) => {
    expect(nameOf(title)).toBe(expected);
  });

  test('also where the print area and the repeated rows name it', () => {
    const plan = planOf([[text('a'), text('b')]], { title: "Bob's May", frozenRows: 1, frozenColumns: 1 });
    const names = [
      ...partOf('xl/workbook.xml', { plan }).matchAll(
        /<definedName name="([^"]+)" localSheetId="0">([^<]+)/g,
      ),
    ];
    expect(names.map(([, name, content]) => [name, content])).toEqual([
      ['_xlnm.Print_Area', "'Bob''s May'!$A$1:$B$1"],
      ['_xlnm.Print_Titles', "'Bob''s May'!$A:$A,'Bob''s May'!$1:$1"],
    ]);
  });
});

describe('merges', () => {
  const area = (startRow: number, endRow: number, startColumn: number, endColumn: number): GridArea => {
    return { startRow, endRow, startColumn, endColumn };
  };

  test('of one cell, or over another merge, are left out: Excel would repair the file', () => {
    const merges = [area(0, 1, 0, 2), area(0, 2, 1, 3), area(1, 2, 0, 1), area(1, 3, 0, 1)];
    expect(sheetOf(planOf([[text('x')]], { merges }))).toContain(
      '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/></mergeCells>',
    );
  });

  test('are no element when there are none', () => {
    expect(sheetOf(planOf([[text('x')]]))).not.toContain('mergeCells');
  });
});

describe('row heights', () => {
  const wrap = { wrapStrategy: 'WRAP' };
  const words = 'the weather turned and the charter was cut short by an hour';
  const rowOf = (plan: SheetPlan): { points: number; isFixed: boolean } => {
    const found = /<row r="1" ht="([\d.]+)"( customHeight="1")?>/.exec(sheetOf(plan));
    return { points: Number(found?.[1]), isFixed: found?.[2] !== undefined };
  };

  test('are those of the plan while the text fits', () => {
    expect(rowOf(planOf([[text('short', wrap)]], { rowHeightsPx: [40] }))).toEqual({
      points: 30,
      isFixed: true,
    });
    expect(rowOf(planOf([[text(words)]]))).toEqual({ points: 15.75, isFixed: true });
  });

  test('count no hidden column: a merge is as wide as it shows, and hidden text asks for no height', () => {
    const long = text('word '.repeat(30), { wrapStrategy: 'WRAP' });
    const merges = [{ startRow: 0, endRow: 1, startColumn: 0, endColumn: 2 }];
    const heightOf = (plan: SheetPlan): number => Number(/ ht="([\d.]+)"/.exec(sheetOf(plan))?.[1]);
    const merged = planOf([[long, text('')]], { merges });
    expect(heightOf({ ...merged, hiddenColumns: new Set([1]) })).toBe(heightOf(planOf([[long]])));
    expect(heightOf({ ...merged, hiddenColumns: new Set([1]) })).toBeGreaterThan(heightOf(merged));
    expect(heightOf(planOf([[long]], { hiddenColumns: new Set([0]) }))).toBe(15.75);
  });

  test('grow so that wrapped text is not cut off, and stay free to be fitted', () => {
    const row = rowOf(planOf([[text(words, wrap)]]));
    expect(row.points).toBeGreaterThanOrEqual(5 * 12);
    expect(row.points).toBeLessThanOrEqual(6 * 13);
    expect(row.isFixed).toBe(false);
  });

  test('grow for a merged cell by its whole width, and are kept, because Excel fits no row to a merge', () => {
    const merges = [{ startRow: 0, endRow: 1, startColumn: 0, endColumn: 2 }];
    const row = rowOf(planOf([[text(words, wrap), planned({ kind: 'blank' })]], { merges }));
    expect(row.points).toBeGreaterThanOrEqual(2 * 12);
    expect(row.points).toBeLessThanOrEqual(3 * 13);
    expect(row.isFixed).toBe(true);
  });

  test("never pass Excel's 409.5 points", () => {
    expect(rowOf(planOf([[text('x\n'.repeat(500))]])).points).toBe(409.5);
  });
});

test('a number that no spreadsheet has is an error, not a broken file', () => {
  expect(sheetOf(planOf([[number(Number.NaN), number(Number.POSITIVE_INFINITY)]]))).toContain(
    '<c r="A1" t="e"><v>#NUM!</v></c><c r="B1" t="e"><v>#NUM!</v></c>',
  );
});

test('an array inside a sum is written as an array formula of its own cell', () => {
  const plan = planOf([[formula('=SUM(FILTER(B1:B3,C1:C3="x"))')]]);
  expect(partOf('xl/worksheets/sheet1.xml', { plan, computed: () => 6 })).toContain(
    '<c r="A1"><f t="array" ref="A1">SUM(_xlfn._xlws.FILTER(B1:B3,C1:C3=&quot;x&quot;))</f><v>6</v></c>',
  );
});

test('a text of the ledger that reads like an error is a text', () => {
  const parts = partsOf({ plan: planOf([[text('#N/A')]]) });
  expect(parts.get('xl/worksheets/sheet1.xml')).toContain('<c r="A1" t="s"><v>0</v></c>');
});

test('looks that are the same are one style, however many cells have them', () => {
  const rows = Array.from({ length: 50 }, (_, row) => [
    number(row, { numberFormat: { type: 'NUMBER', pattern: '0.000' } }),
  ]);
  const styles = partOf('xl/styles.xml', { plan: planOf(rows) });
  expect(styles).toContain('<cellXfs count="2">');
  expect(styles).toContain('<numFmts count="1"><numFmt numFmtId="164" formatCode="0.000"/></numFmts>');
});
